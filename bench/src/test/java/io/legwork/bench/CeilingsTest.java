package io.legwork.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.legwork.bench.client.LoadResult;
import io.legwork.bench.report.Figure;
import io.legwork.bench.report.Measurement;
import io.legwork.bench.report.Ratio;
import java.util.List;
import org.junit.jupiter.api.Test;

class CeilingsTest {

  @Test
  void onlySinglePostsAreHeldAgainstPlainHttp() {
    var all =
        List.of(
            round(Ceilings.BROKER, Ratio.RATE, 20_000),
            round(Ceilings.HTTP, Ratio.REQUESTS, 10_000),
            round("batch", Ratio.RATE, 10_000),
            round("single with listener", Ratio.RATE, 5_000));

    assertThat(Ceilings.ratios(all))
        .containsExactly(
            new Ratio("batch", Ceilings.BROKER, 0.5),
            new Ratio("single with listener", Ceilings.BROKER, 0.25),
            new Ratio("single with listener", Ceilings.HTTP, 0.5));
  }

  @Test
  void plainHttpThatDoesNotAcceptEverythingIsVoid() {
    assertThat(HttpTrial.problems(seen(10, 10))).isEmpty();
    assertThat(HttpTrial.problems(seen(10, 8)))
        .containsExactly("2 requests were not accepted: 404 nothing here");
    assertThat(HttpTrial.problems(seen(0, 0))).containsExactly("no request was accepted");
  }

  private static Measurement round(String name, String figure, double rate) {
    return new Measurement(name, 1, 0, List.of(new Figure(figure, rate)), List.of(), List.of());
  }

  private static LoadResult seen(long sent, long accepted) {
    long unknown = sent - accepted;
    return new LoadResult(0, 1, 0, sent, accepted, 0, 0, 0, unknown, "404 nothing here", "");
  }
}
