package io.legwork.notifier.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class CircuitBreakerTest {

  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final CircuitBreaker breaker = new CircuitBreaker();

  @Test
  void closesAfterFiveFailuresInARow() {
    fail(4, 0);
    breaker.succeeded();
    fail(4, 0);
    assertThat(breaker.isClosed(0)).isFalse();

    fail(1, 0);

    assertThat(breaker.isClosed(0)).isTrue();
  }

  @Test
  void letsOneProbeAfterAWhileAndOpensWithItsSuccess() {
    fail(5, 0);
    assertThat(breaker.isProbing(SECOND - 1)).isFalse();
    assertThat(breaker.isProbing(SECOND)).isTrue();

    breaker.succeeded();

    assertThat(breaker.isProbing(SECOND)).isFalse();
    assertThat(breaker.isIdle(SECOND)).isTrue();
  }

  @Test
  void waitsLongerEachTimeButNeverMoreThanAMinute() {
    fail(6, 0);
    assertThat(breaker.isClosed(2 * SECOND - 1)).isTrue();
    assertThat(breaker.isClosed(2 * SECOND)).isFalse();

    fail(100, 0);

    assertThat(breaker.isClosed(60 * SECOND - 1)).isTrue();
    assertThat(breaker.isClosed(60 * SECOND)).isFalse();
  }

  @Test
  void honoursTheTimeThatWasAskedFor() {
    breaker.throttled(0, Duration.ofSeconds(30));

    assertThat(breaker.isClosed(30 * SECOND - 1)).isTrue();
    assertThat(breaker.isClosed(30 * SECOND)).isFalse();
  }

  @Test
  void honoursNoMoreThanTenMinutes() {
    breaker.throttled(0, Duration.ofDays(3));

    assertThat(breaker.isClosed(600 * SECOND)).isFalse();
  }

  private void fail(int times, long now) {
    for (int i = 0; i < times; i++) {
      breaker.failed(now);
    }
  }
}
