package io.legwork.bench;

import io.legwork.bench.client.Audience;
import io.legwork.bench.client.Audience.Heard;
import io.legwork.bench.client.Histograms;
import io.legwork.bench.client.LoadKind;
import io.legwork.bench.report.Figure;
import io.legwork.bench.report.Machine;
import io.legwork.bench.system.Meter;
import io.legwork.bench.system.Services;
import io.legwork.bench.system.Setup;
import io.legwork.bench.system.Watched;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/** How thousands of readers of events fare on one notifier: each has to get every event. */
final class Streams {

  private static final String NAME = "streams";
  private static final String LIMIT = "LEGWORK_STREAMS_LIMIT";
  private static final double MICROS_PER_MILLI = 1e3;

  private final Session session;
  private final int streams;
  private final int rate;
  private final int seconds;

  private Streams(Session session) {
    this.session = session;
    this.streams = session.options().number("streams", 10_000);
    this.rate = session.options().number("rate", 100);
    this.seconds = session.options().number("seconds", 30);
  }

  static void run(Session session) throws IOException, InterruptedException, SQLException {
    var scenario = new Streams(session);
    WithNotifier.play(session, NAME, scenario::settings, scenario::measure);
  }

  private Setup settings(Setup setup) {
    return setup.settings().containsKey(LIMIT)
        ? setup
        : setup.withSetting(LIMIT, Integer.toString(streams));
  }

  private void measure(WithNotifier stage, Services services)
      throws IOException, InterruptedException, SQLException {
    double machine = Machine.load();
    var result = session.folder().resolve("audience.json");
    var arguments = List.of("" + services.notifierPort(), "" + streams, result.toString());
    try (var audience = Watched.start(session.folder(), Audience.class, arguments)) {
      WithNotifier.require(
          audience.await(WithNotifier.LONG, now -> now.getFirst() >= streams),
          "not all streams open");
      session.say("%,d streams are open.".formatted(streams));
      long warm = (long) rate * session.options().warmUpSeconds();
      stage.submit(LoadKind.SINGLE, rate, warm);
      WithNotifier.require(
          isHeard(audience, warm), "the events of the warm-up do not reach all readers");
      session.say("All have received %,d events.".formatted(warm));
      session.profile(services, NAME);
      audience.tell();
      var figures = new ArrayList<Figure>();
      boolean complete = loadAndWait(stage, services, audience, warm, figures);
      audience.stop();
      var heard = JsonMapper.shared().readValue(Files.readString(result), Heard.class);
      figures.addAll(latencies(heard));
      session.tell(NAME, machine, figures, problems(heard, warm, complete));
    }
  }

  /** The load that counts; returns whether every reader has received every event of it in time. */
  private boolean loadAndWait(
      WithNotifier stage, Services services, Watched audience, long before, List<Figure> figures)
      throws IOException, InterruptedException {
    var meter = session.meter(services);
    var cpu = meter.cpuMicros();
    var from = Instant.now();
    long sent = (long) rate * seconds;
    stage.submit(LoadKind.SINGLE, rate, sent);
    double loaded = seconds(from);
    boolean complete = isHeard(audience, before + sent);
    double took = seconds(from);
    session.loadedSince(from);
    figures.add(new Figure("events/s", sent / loaded));
    figures.add(new Figure("events/s to all readers", (double) sent * streams / took));
    figures.add(new Figure("s until the last reader had the last event", took - loaded));
    Meter.since(meter.cpuMicros(), cpu)
        .forEach(
            (name, micros) -> figures.add(new Figure("processors " + name, micros / 1e6 / took)));
    var memory = services.garbage().get("notifier");
    if (memory != null) {
      figures.add(new Figure("highest heap after GC MB notifier", memory.highestHeap()));
      figures.add(new Figure("GC pauses ms notifier", memory.pausedMillis()));
    }
    return complete;
  }

  private static double seconds(Instant from) {
    return Duration.between(from, Instant.now()).toNanos() / 1e9;
  }

  private boolean isHeard(Watched audience, long events) {
    return audience.await(WithNotifier.LONG, now -> now.get(1) >= events * streams);
  }

  private static List<Figure> latencies(Heard heard) {
    var latency = Histograms.decoded(heard.latency());
    return List.of(
        new Figure("p50 ms", latency.getValueAtPercentile(50) / MICROS_PER_MILLI),
        new Figure("p99 ms", latency.getValueAtPercentile(99) / MICROS_PER_MILLI),
        new Figure("longest ms", latency.getMaxValue() / MICROS_PER_MILLI),
        new Figure("received", latency.getTotalCount()));
  }

  private List<String> problems(Heard heard, long warm, boolean complete) {
    var problems = new ArrayList<String>();
    long missing = (warm + (long) rate * seconds) * streams - heard.events();
    if (!complete || missing != 0) {
      problems.add("%,d events did not reach a reader".formatted(missing));
    }
    if (heard.disorderly() > 0) {
      problems.add("%,d events came again or out of order".formatted(heard.disorderly()));
    }
    if (heard.broken() > 0) {
      problems.add("%,d streams broke: %s".formatted(heard.broken(), heard.firstProblem()));
    }
    return problems;
  }
}
