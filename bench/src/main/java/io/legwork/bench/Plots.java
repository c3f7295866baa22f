package io.legwork.bench;

import io.legwork.bench.report.Series;
import io.legwork.bench.report.Series.Point;
import io.legwork.bench.system.ClientProcess.Seen;
import io.legwork.bench.system.Survey.Listed;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;

/** The lines of one load. */
final class Plots {

  /** The nines: 0 is all, 1 is 90 %, 2 is 99 % and so on. */
  private static final double STEP = 0.1;

  private static final int STEPS = 40;

  private Plots() {}

  static List<Series> of(Seen seen, Outcome outcome, List<Series> cpu) {
    var series = new ArrayList<Series>();
    series.add(rate("accepted", outcome.perSecond(Listed::submittedMicros)));
    series.add(rate("done", outcome.perSecond(Listed::finishedMicros)));
    series.add(latency("answer", seen.latency(), 1e6));
    series.add(latency("accepted to done", outcome.turnaround(), 1e3));
    series.addAll(cpu);
    return series;
  }

  private static Series rate(String name, double[] counts) {
    return new Series(
        "tasks per second",
        name,
        IntStream.range(0, counts.length).mapToObj(s -> new Point(s, counts[s])).toList());
  }

  private static Series latency(String name, Histogram histogram, double perMilli) {
    return new Series(
        "latency, ms, by nines",
        name,
        IntStream.rangeClosed(0, STEPS)
            .mapToObj(n -> new Point(n * STEP, at(histogram, n * STEP) / perMilli))
            .toList());
  }

  private static long at(Histogram histogram, double nines) {
    return histogram.getValueAtPercentile(100 * (1 - Math.pow(10, -nines)));
  }
}
