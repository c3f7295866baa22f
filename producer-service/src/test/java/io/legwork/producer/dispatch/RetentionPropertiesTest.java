package io.legwork.producer.dispatch;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RetentionPropertiesTest {

  private static final Duration DAY = Duration.ofDays(1);

  @Test
  void keepsTasksForADayAtLeast() {
    assertThatThrownBy(() -> new RetentionProperties(DAY.minusSeconds(1), Duration.ofHours(1)))
        .hasMessageContaining("legwork.retention.finished-tasks must be at least 1 day");
  }

  @Test
  void keepsNoKeyLongerThanItsTask() {
    assertThatThrownBy(() -> new RetentionProperties(DAY, DAY.plusSeconds(1)))
        .hasMessageContaining("legwork.retention.idempotency-keys must be positive and at most");
    assertThatThrownBy(() -> new RetentionProperties(DAY, Duration.ZERO))
        .hasMessageContaining("legwork.retention.idempotency-keys must be positive and at most");
  }
}
