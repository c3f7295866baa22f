package io.legwork.notifier.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.BeanCreationException;
import org.springframework.boot.diagnostics.FailureAnalysis;

class SigningSecretFailureTest {

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", " "})
  void startsWithoutASecret(@Nullable String secret) {
    assertThatCode(() -> DeliveryConfiguration.signingSecret(properties(secret)))
        .doesNotThrowAnyException();
  }

  @Test
  void doesNotStartWithASecretThatIsNoneAndDoesNotRepeatIt() {
    assertThatThrownBy(() -> DeliveryConfiguration.signingSecret(properties("hunter2")))
        .isInstanceOf(SigningSecretException.class)
        .hasMessageContaining("it does not begin with whsec_")
        .message()
        .doesNotContain("hunter2");
  }

  @Test
  void saysHowToMakeOne() {
    FailureAnalysis analysis =
        new SigningSecretFailureAnalyzer()
            .analyze(
                new BeanCreationException(
                    "webhookClient", new SigningSecretException("is not usable")));

    assertThat(analysis)
        .isNotNull()
        .extracting(FailureAnalysis::getDescription, FailureAnalysis::getAction)
        .asString()
        .contains(
            "cannot sign webhooks", "LEGWORK_WEBHOOKS_SIGNING_SECRET", "openssl rand -base64 32");
  }

  private static WebhooksProperties properties(@Nullable String secret) {
    return new WebhooksProperties(
        secret,
        List.of(),
        Duration.ofSeconds(5),
        Duration.ofSeconds(20),
        16,
        4,
        Duration.ofSeconds(1),
        Duration.ofDays(30));
  }
}
