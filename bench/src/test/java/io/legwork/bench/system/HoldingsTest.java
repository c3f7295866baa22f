package io.legwork.bench.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.legwork.bench.report.Series.Point;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HoldingsTest {

  @Test
  void comparesQuartersOfTheTime() {
    var line = IntStream.range(0, 8).mapToObj(n -> new Point(n, n)).toList();

    assertThat(Holdings.mean(line, 1)).isEqualTo(2.5);
    assertThat(Holdings.mean(line, 3)).isEqualTo(6.5);
  }

  @Test
  void aShortTimeHasQuartersToo() {
    assertThat(Holdings.mean(List.of(new Point(0, 7)), 3)).isEqualTo(7);
  }
}
