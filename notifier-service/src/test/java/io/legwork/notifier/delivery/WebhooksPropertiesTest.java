package io.legwork.notifier.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class WebhooksPropertiesTest {

  private static final String SECRET = "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner().withUserConfiguration(Properties.class);

  @EnableConfigurationProperties(WebhooksProperties.class)
  static class Properties {}

  @Test
  void followTheScheduleOfStandardWebhooks() {
    runner.run(context ->
        assertThat(context.getBean(WebhooksProperties.class).schedule())
            .isEqualTo(
                List.of(
                    Duration.ofSeconds(5),
                    Duration.ofMinutes(5),
                    Duration.ofMinutes(30),
                    Duration.ofHours(2),
                    Duration.ofHours(5),
                    Duration.ofHours(10),
                    Duration.ofHours(14),
                    Duration.ofHours(20),
                    Duration.ofHours(24))));
  }

  @Test
  void keepTheSecretOutOfText() {
    runner
        .withPropertyValues("legwork.webhooks.signing-secret=" + SECRET)
        .run(context ->
            assertThat(context.getBean(WebhooksProperties.class))
                .satisfies(it -> assertThat(it.signingSecret()).isEqualTo(SECRET))
                .asString()
                .doesNotContain(SECRET));
  }
}
