package io.legwork.authentication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.legwork.access.Caller;
import io.legwork.access.KeyText;
import io.legwork.access.Role;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessPropertiesTest {

  private final KeyText key = KeyText.make("acme", new SecureRandom());

  @Test
  void takesKeysAndHashesOfKeys() {
    KeyText hashed = KeyText.make("other", new SecureRandom());

    var callers =
        properties(false, " " + key.secret(), "", "sha256:other:" + hashed.hash()).configured();

    assertThat(callers).containsOnlyKeys(key.hash(), hashed.hash());
    assertThat(callers.get(key.hash())).extracting(Caller::tenant).isEqualTo("acme");
    assertThat(callers.get(hashed.hash())).extracting(Caller::tenant).isEqualTo("other");
    assertThat(callers.values()).allMatch(caller -> caller.may(Role.ADMIN));
  }

  @ParameterizedTest
  @ValueSource(strings = {"changeme", "lw_default_short", "sha256:acme:00", "sha256:A:", "a:b:c"})
  void refusesWhatIsNoKeyWithoutRepeatingIt(String wrong) {
    assertThatThrownBy(() -> properties(false, key.secret(), wrong))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("legwork.security.admin-keys")
        .hasMessageNotContaining(key.secret())
        .hasMessageNotContaining(wrong + " ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*",
        "null",
        "https://*.example.org",
        "https://example.org/",
        "https://example.org/app",
        "example.org",
        "https://user@example.org",
        "https://EXAMPLE.org",
        "file:///index.html"
      })
  void refusesWhatIsNoOrigin(String wrong) {
    assertThatThrownBy(() -> origins(wrong))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("legwork.security.origins");
  }

  @Test
  void takesOrigins() {
    assertThat(origins(" https://app.example.org", "", "http://localhost:3000", "http://[::1]:80"))
        .containsExactly("https://app.example.org", "http://localhost:3000", "http://[::1]:80");
  }

  private static List<String> origins(String... origins) {
    return new AccessProperties(true, List.of(), 100, 100, List.of(origins), Duration.ofMinutes(1))
        .origins();
  }

  @Test
  void cannotBeOpenAndHaveKeys() {
    assertThatThrownBy(() -> properties(true, key.secret()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("take one of them away");
  }

  @Test
  void neverReachesALog() {
    assertThat(properties(false, key.secret()).toString()).doesNotContain(key.secret());
  }

  private static AccessProperties properties(boolean open, String... keys) {
    return new AccessProperties(open, List.of(keys), 100, 100, List.of(), Duration.ofMinutes(1));
  }
}
