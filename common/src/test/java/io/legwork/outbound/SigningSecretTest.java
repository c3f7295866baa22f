package io.legwork.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.standardwebhooks.Webhook;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SigningSecretTest {

  private static final String SECRET = secret(32);

  @Test
  void signsWhatTheReferenceLibraryAccepts() throws Exception {
    String body = "{\"name\":\"Zoë ☕\"}";
    long now = Instant.now().getEpochSecond();

    String signature =
        SigningSecret.parse(SECRET).sign("id-1", now, body.getBytes(StandardCharsets.UTF_8));

    assertThatCode(() ->
            new Webhook(SECRET)
                .verify(
                    body,
                    Map.of(
                        "webhook-id", List.of("id-1"),
                        "webhook-timestamp", List.of(Long.toString(now)),
                        "webhook-signature", List.of(signature))))
        .doesNotThrowAnyException();
  }

  @Test
  void signsLikeTheReferenceLibrary() throws Exception {
    byte[] body = "{}".getBytes(StandardCharsets.UTF_8);

    assertThat(SigningSecret.parse(SECRET).sign("msg", 1_700_000_000, body))
        .isEqualTo(new Webhook(SECRET).sign("msg", 1_700_000_000, "{}"));
  }

  @Test
  void refusesWhatIsNoSecret() {
    assertThatThrownBy(() -> SigningSecret.parse("hunter2"))
        .hasMessage("it does not begin with whsec_");
    assertThatThrownBy(() -> SigningSecret.parse("whsec_not base64!"))
        .hasMessage("what follows whsec_ is not Base64")
        .hasNoCause();
    assertThatThrownBy(() -> SigningSecret.parse(secret(23)))
        .hasMessage("it has 23 bytes, not 24 to 64");
    assertThatThrownBy(() -> SigningSecret.parse(secret(65)))
        .hasMessage("it has 65 bytes, not 24 to 64");
  }

  @Test
  void keepsItselfOutOfText() {
    assertThat(SigningSecret.parse(SECRET).toString()).doesNotContain(SECRET.substring(6));
  }

  private static String secret(int bytes) {
    return "whsec_" + Base64.getEncoder().encodeToString(new byte[bytes]);
  }
}
