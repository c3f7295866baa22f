package io.legwork.notifier.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class RetryScheduleTest {

  private final RetrySchedule schedule =
      new RetrySchedule(List.of(Duration.ofSeconds(5), Duration.ofMinutes(5)), new Random());

  @RepeatedTest(50)
  void waitsAsPlannedAndUpToAFifthLonger() {
    assertThat(schedule.after(1, Duration.ZERO).orElseThrow())
        .isBetween(Duration.ofSeconds(5), Duration.ofSeconds(6));
    assertThat(schedule.after(2, Duration.ZERO).orElseThrow())
        .isBetween(Duration.ofMinutes(5), Duration.ofMinutes(6));
  }

  @Test
  void endsAfterTheLastPlannedAttempt() {
    assertThat(schedule.after(3, Duration.ZERO)).isEmpty();
    assertThat(schedule.after(3, Duration.ofSeconds(1))).isEmpty();
  }

  @RepeatedTest(50)
  void neverComesBackBeforeTheReceiverAskedItTo() {
    assertThat(schedule.after(1, Duration.ofSeconds(90)).orElseThrow())
        .isBetween(Duration.ofSeconds(90), Duration.ofSeconds(108));
    assertThat(schedule.after(1, Duration.ofSeconds(1)).orElseThrow())
        .isGreaterThanOrEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void boundsWhatTheReceiverMayAskFor() {
    assertThat(schedule.after(1, Duration.ofDays(900)).orElseThrow())
        .isLessThanOrEqualTo(Duration.ofHours(29));
  }
}
