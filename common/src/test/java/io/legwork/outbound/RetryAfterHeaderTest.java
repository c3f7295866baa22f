package io.legwork.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterHeaderTest {

  private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");

  @Test
  void readsSeconds() {
    assertThat(RetryAfterHeader.parse("120", NOW)).hasValue(Duration.ofMinutes(2));
    assertThat(RetryAfterHeader.parse(" 0007 ", NOW)).hasValue(Duration.ofSeconds(7));
    assertThat(RetryAfterHeader.parse("9".repeat(400), NOW)).hasValue(Duration.ofDays(7));
  }

  @Test
  void readsDates() {
    assertThat(RetryAfterHeader.parse("Fri, 20 Nov 2026 10:01:30 GMT", NOW))
        .hasValue(Duration.ofSeconds(90));
    assertThat(RetryAfterHeader.parse("Fri, 20 Nov 2026 09:00:00 GMT", NOW))
        .hasValue(Duration.ZERO);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-5", "soon", "1.5", "２", "Fri, 99 Nov 2026 10:01:30 GMT"})
  void takesWhatItCannotReadForNothing(String header) {
    assertThat(RetryAfterHeader.parse(header, NOW)).isEmpty();
  }
}
