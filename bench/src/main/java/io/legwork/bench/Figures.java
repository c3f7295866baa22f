package io.legwork.bench;

import io.legwork.bench.client.LoadResult;
import io.legwork.bench.report.Figure;
import io.legwork.bench.report.Ratio;
import io.legwork.bench.system.BrokerCounters;
import io.legwork.bench.system.ClientProcess.Seen;
import io.legwork.bench.system.DatabaseCounters;
import io.legwork.bench.system.GcTotals;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/** The figures of one load. */
final class Figures {

  private static final Set<String> CLIENTS = Set.of("client", "listener");
  private static final double NANOS = 1e6;
  private static final double MICROS = 1e3;
  private static final double MEGABYTE = 1024.0 * 1024.0;

  private final List<Figure> figures = new ArrayList<>();
  private final double tasks;

  private Figures(double tasks) {
    this.tasks = Math.max(1, tasks);
  }

  static List<Figure> of(Seen seen, Outcome outcome, Costs costs) {
    var figures = new Figures(outcome.done().size());
    figures.rates(seen.result(), outcome);
    figures.percentiles("answer", seen.latency(), NANOS);
    figures.percentiles("accepted to done", outcome.turnaround(), MICROS);
    figures.cpu(costs.cpuMicros());
    figures.database(costs.reading().database());
    figures.broker(costs.reading().broker());
    new TreeMap<>(costs.reading().garbage()).forEach(figures::memory);
    return figures.figures;
  }

  private void rates(LoadResult result, Outcome outcome) {
    double seconds = (result.endedMicros() - result.startedMicros()) / 1e6;
    add(Ratio.RATE, outcome.rate());
    add("accepted/s", result.accepted() / seconds);
    add("tasks", outcome.done().size());
    add("refused (503)", (double) result.refused());
    add("refused without Retry-After", (double) result.refusedWithoutAdvice());
    add("not done when answered", (double) result.late());
    add("ran more than once", (double) outcome.repeated());
  }

  /** Histograms in a unit of which so many make a millisecond. */
  private void percentiles(String what, Histogram histogram, double perMilli) {
    add(what + " p50 ms", histogram.getValueAtPercentile(50) / perMilli);
    add(what + " p99 ms", histogram.getValueAtPercentile(99) / perMilli);
    add(what + " p99.9 ms", histogram.getValueAtPercentile(99.9) / perMilli);
  }

  private void cpu(Map<String, Long> micros) {
    micros.forEach((name, used) -> add("CPU µs/task " + name, used / tasks));
    long system =
        micros.entrySet().stream()
            .filter(entry -> !CLIENTS.contains(entry.getKey()))
            .mapToLong(Map.Entry::getValue)
            .sum();
    add("CPU µs/task without clients", system / tasks);
  }

  private void database(DatabaseCounters database) {
    add("commits/task", database.commits() / tasks);
    add("writing transactions/task", database.writes() / tasks);
    add("fsyncs/task database log", database.walSyncs() / tasks);
    add("fsyncs/task database files", database.dataSyncs() / tasks);
    add("WAL bytes/task", database.walBytes() / tasks);
    add("row writes/task", database.rows() / tasks);
    add("HOT share of updates", (double) database.hotUpdates() / Math.max(1, database.updates()));
  }

  private void broker(BrokerCounters broker) {
    add("fsyncs/task broker log", broker.logBatches() / tasks);
    add("broker bytes/task", broker.bytes() / tasks);
  }

  private void memory(String service, GcTotals garbage) {
    add("allocated bytes/task " + service, garbage.allocatedMegabytes() * MEGABYTE / tasks);
    add("highest heap after GC MB " + service, (double) garbage.highestHeap());
    add("GC pauses ms " + service, garbage.pausedMillis());
  }

  private void add(String name, double value) {
    figures.add(new Figure(name, value));
  }
}
