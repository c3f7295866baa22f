package io.legwork.bench.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class GcTotalsTest {

  private static final List<String> LOG =
      List.of(
          "[0.010s][info][gc] Using Serial",
          "[1.000s][info][gc] GC(0) Pause Young (Allocation Failure) 68M->8M(247M) 6.500ms",
          "[2.000s][info][gc] GC(1) Pause Young (Allocation Failure) 76M->20M(247M) 1.250ms",
          "[3.000s][info][gc] GC(2) Pause Full (Metadata GC Threshold) 30M->12M(247M) 20.000ms");

  @Test
  void addsUpWhatWasAllocatedBetweenPauses() {
    var totals = GcTotals.of(LOG);

    assertThat(totals.pauses()).isEqualTo(3);
    assertThat(totals.allocatedMegabytes()).isEqualTo(68 + 10);
    assertThat(totals.highestHeap()).isEqualTo(20);
    assertThat(totals.pausedMillis()).isCloseTo(27.75, within(0.001));
  }

  @Test
  void tellsWhatCameAfterAnEarlierReading() {
    var since = GcTotals.of(LOG).since(GcTotals.of(LOG.subList(0, 3)));

    assertThat(since.pauses()).isEqualTo(1);
    assertThat(since.allocatedMegabytes()).isEqualTo(10);
    assertThat(since.lastHeap()).isEqualTo(12);
  }

  @Test
  void aLogThatIsNotThereYetHasNothing() {
    assertThat(GcTotals.read(Path.of("there-is-no-such.gc.log")).pauses()).isZero();
  }
}
