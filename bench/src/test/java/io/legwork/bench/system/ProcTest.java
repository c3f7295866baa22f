package io.legwork.bench.system;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProcTest {

  private static final String STAT =
      "4711 (a (strange) name) S 1 4711 4711 0 -1 4194304 100 200 0 0 150 50 30 20 20 0 9 0 5000"
          + " 2000000000 1000 18446744073709551615 1 1 0 0 0 0 0 0 0 0 0 0 17 1 0 0 0 0 0 0 0 0 0"
          + " 0 0 0 0";

  @Test
  void readsTimesAndMemoryBehindAnyName() {
    var usage = Proc.Usage.parse(STAT);

    assertThat(usage.cpuMicros()).isEqualTo(2_000_000);
    assertThat(usage.endedMicros()).isEqualTo(500_000);
    assertThat(usage.rssBytes()).isEqualTo(4_096_000);
  }
}
