package io.legwork.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryPolicyTest {

  private final RetryPolicy policy =
      new RetryPolicy(Duration.ofSeconds(1), Duration.ofSeconds(10), 2);

  @ParameterizedTest
  @CsvSource({"1,1", "2,2", "3,4", "4,8", "5,10", "60,10", "2000,10"})
  void boundGrowsExponentiallyUpToTheMaximum(int failedAttempts, int seconds) {
    assertThat(policy.bound(failedAttempts)).isEqualTo(Duration.ofSeconds(seconds));
  }

  @Test
  void spreadsOverTheWholeBound() {
    RandomGenerator random = new Random(7);
    long[] waits = new long[1000];
    for (int i = 0; i < waits.length; i++) {
      waits[i] = policy.backoff(3, random).toMillis();
      assertThat(waits[i]).isBetween(0L, 4000L);
    }

    assertThat(Arrays.stream(waits)).anyMatch(wait -> wait < 400);
    assertThat(Arrays.stream(waits)).anyMatch(wait -> wait > 3600);
  }

  @Test
  void refusesBoundsThatMakeNoSense() {
    assertThatThrownBy(() -> new RetryPolicy(Duration.ZERO, Duration.ofSeconds(1), 2))
        .hasMessageContaining("initial");
    assertThatThrownBy(() -> new RetryPolicy(Duration.ofSeconds(2), Duration.ofSeconds(1), 2))
        .hasMessageContaining("max");
    assertThatThrownBy(
            () -> new RetryPolicy(Duration.ofSeconds(1), Duration.ofSeconds(1), Double.NaN))
        .hasMessageContaining("factor");
  }
}
