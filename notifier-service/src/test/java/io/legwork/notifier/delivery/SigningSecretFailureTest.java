package io.legwork.notifier.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.BeanCreationException;
import org.springframework.boot.diagnostics.FailureAnalysis;

class SigningSecretFailureTest {

  private final DeliveryConfiguration configuration = new DeliveryConfiguration();

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", " "})
  void startsWithoutASecret(@Nullable String secret) {
    assertThatCode(() -> configuration.webhookClient(properties(secret), InstantSource.system()))
        .doesNotThrowAnyException();
  }

  @Test
  void doesNotStartWithASecretThatIsNoneAndDoesNotRepeatIt() {
    assertThatThrownBy(
            () -> configuration.webhookClient(properties("hunter2"), InstantSource.system()))
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
        Duration.ofSeconds(1));
  }
}
