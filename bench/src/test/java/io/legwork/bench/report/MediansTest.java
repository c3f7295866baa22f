package io.legwork.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class MediansTest {

  @Test
  void takesTheMiddleOfAnOddNumberAndTheMeanOfTheTwoInTheMiddleOfAnEvenOne() {
    assertThat(Medians.of(9, 1, 5)).hasValue(5);
    assertThat(Medians.of(9, 1, 5, 6)).hasValue(5.5);
    assertThat(Medians.of()).isEmpty();
  }

  @Test
  void leavesOutRoundsThatAreVoid() {
    var rounds = List.of(round("batch", 1, 100), round("batch", 2, 900, "lost"));

    assertThat(Medians.of(rounds, "batch", Ratio.RATE)).hasValue(100);
  }

  @Test
  void relatesMediansToThoseOfTheCeilings() {
    var rounds =
        List.of(round("batch", 1, 100), round("batch", 2, 300), round("ceiling", 1, 1_000));

    var ratios = Ratio.of(rounds, List.of("batch"), List.of("ceiling", "not measured"), Ratio.RATE);

    assertThat(ratios).hasSize(1);
    assertThat(ratios.getFirst().value()).isCloseTo(0.2, within(1e-9));
  }

  static Measurement round(String name, int round, double rate, String... problems) {
    return new Measurement(
        name,
        round,
        0.5,
        List.of(new Figure(Ratio.RATE, rate)),
        List.of(
            new Series(
                "CPU", "worker <1>", List.of(new Series.Point(0, 0), new Series.Point(1, 80)))),
        List.of(problems));
  }
}
