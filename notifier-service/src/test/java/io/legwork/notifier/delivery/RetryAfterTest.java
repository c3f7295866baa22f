package io.legwork.notifier.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {

  private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");

  @Test
  void readsSeconds() {
    assertThat(RetryAfter.parse("120", NOW)).isEqualTo(Duration.ofMinutes(2));
    assertThat(RetryAfter.parse(" 0007 ", NOW)).isEqualTo(Duration.ofSeconds(7));
    assertThat(RetryAfter.parse("9".repeat(400), NOW)).isGreaterThan(Duration.ofDays(365));
  }

  @Test
  void readsDates() {
    assertThat(RetryAfter.parse("Fri, 20 Nov 2026 10:01:30 GMT", NOW))
        .isEqualTo(Duration.ofSeconds(90));
    assertThat(RetryAfter.parse("Fri, 20 Nov 2026 09:00:00 GMT", NOW)).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-5", "soon", "1.5", "２", "Fri, 99 Nov 2026 10:01:30 GMT"})
  void takesWhatItCannotReadForNothing(String header) {
    assertThat(RetryAfter.parse(header, NOW)).isZero();
  }
}
