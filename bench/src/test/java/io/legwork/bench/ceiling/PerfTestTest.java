package io.legwork.bench.ceiling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PerfTestTest {

  @Test
  void findsTheRateAtTheEndOfTheOutput() {
    var output =
        """
        id: test-1, time 9.000 s, sent: 41000 msg/s, received: 40990 msg/s
        id: test-1, sending rate avg: 42001 msg/s
        id: test-1, receiving rate avg: 42000 msg/s
        """;

    assertThat(PerfTest.rate(output)).isEqualTo(42_000);
  }

  @Test
  void showsTheOutputThatHasNoRate() {
    assertThatThrownBy(() -> PerfTest.rate("connection refused"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("connection refused");
  }
}
