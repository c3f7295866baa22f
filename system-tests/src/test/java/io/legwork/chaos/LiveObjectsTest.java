package io.legwork.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LiveObjectsTest {

  private static final LiveObjects BEFORE =
      LiveObjects.parse(
          """
          4711:
           num     #instances         #bytes  class name (module)
          -------------------------------------------------------
             1:          3000        2097152  [B (java.base@25)
             2:            10        1048576  org.example.Cache
             3:             4        4194304  [Ljdk.internal.vm.FillerElement; (java.base@25)
          Total          3014        7340032
          """);

  @Test
  void sumsWhatEachClassHoldsWithoutWhatOnlyFillsGaps() {
    assertThat(BEFORE.mebibytes()).isEqualTo(3.0);
  }

  @Test
  void namesTheClassesThatHaveGrownTheMostGrownFirst() {
    var after =
        LiveObjects.parse(
            """
               1:            10        4194304  org.example.Cache
               2:          3100        2621440  [B (java.base@25)
               3:             1        8388608  org.example.Leak$Entry
            """);

    assertThat(after.grownSince(BEFORE))
        .isEqualTo("org.example.Leak$Entry +8.0 MiB, org.example.Cache +3.0 MiB, [B +0.5 MiB");
    assertThat(BEFORE.grownSince(after)).isEmpty();
  }

  @Test
  void isNothingWhereThereIsNoProcess() {
    assertThat(LiveObjects.parse("").mebibytes()).isZero();
  }
}
