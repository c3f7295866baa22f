package io.legwork.chaos.nemesis;

import static org.assertj.core.api.Assertions.assertThat;

import io.legwork.chaos.nemesis.Schedule.Strike;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScheduleTest {

  private static final Duration HOUR = Duration.ofHours(1);

  @Test
  void isTheSameForTheSameSeed() {
    assertThat(described(7)).isEqualTo(described(7)).isNotEqualTo(described(8));
  }

  @Test
  void givesEveryFaultItsTurnBeforeOneComesAgain() {
    var faults = Schedule.catalogue();

    var first = Schedule.of(1, HOUR).strikes().stream().limit(faults.size()).map(Strike::fault);

    assertThat(first).extracting(Fault::name).doesNotHaveDuplicates().hasSameSizeAs(faults);
  }

  @Test
  void endsInTime() {
    assertThat(Schedule.of(1, HOUR).strikes())
        .isNotEmpty()
        .allSatisfy(strike -> assertThat(strike.at()).isLessThan(HOUR));
  }

  /** A fault has a new injection each time it is asked for, so its name stands for it. */
  private static List<String> described(long seed) {
    return Schedule.of(seed, HOUR).strikes().stream()
        .map(strike ->
            "%s %s %s %d"
                .formatted(strike.at(), strike.fault().name(), strike.lasting(), strike.seed()))
        .toList();
  }
}
