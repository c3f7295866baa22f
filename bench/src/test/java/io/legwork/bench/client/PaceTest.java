package io.legwork.bench.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PaceTest {

  private static final long MILLI = 1_000_000;

  @Test
  void intendedTimesDoNotDependOnWhenTheyAreAskedFor() {
    var pace = Pace.of(0, 1, 100, Long.MAX_VALUE);

    assertThat(pace.next(0)).isZero();
    assertThat(pace.next(700 * MILLI)).isEqualTo(10 * MILLI);
    assertThat(pace.next(700 * MILLI)).isEqualTo(20 * MILLI);
  }

  @Test
  void anOpenLoopEndsWithTheIntendedTime() {
    var pace = Pace.of(0, 0.02, 100, Long.MAX_VALUE);

    assertThat(pace.next(0)).isZero();
    assertThat(pace.next(0)).isEqualTo(10 * MILLI);
    assertThat(pace.next(0)).isEqualTo(Pace.OVER);
  }

  @Test
  void aClosedLoopStartsAtOnceUntilTheTimeIsUp() {
    var pace = Pace.of(5 * MILLI, 0.01, 0, Long.MAX_VALUE);

    assertThat(pace.next(7 * MILLI)).isEqualTo(7 * MILLI);
    assertThat(pace.next(15 * MILLI)).isEqualTo(Pace.OVER);
  }

  @Test
  void sendsNoMoreThanTheMost() {
    var pace = Pace.of(0, 1, 0, 1);

    assertThat(pace.next(0)).isZero();
    assertThat(pace.next(0)).isEqualTo(Pace.OVER);
  }
}
