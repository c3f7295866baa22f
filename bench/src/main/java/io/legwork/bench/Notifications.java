package io.legwork.bench;

import io.legwork.bench.client.LoadKind;
import io.legwork.bench.client.Sink;
import io.legwork.bench.report.Figure;
import io.legwork.bench.report.Machine;
import io.legwork.bench.system.Arrivals;
import io.legwork.bench.system.Meter;
import io.legwork.bench.system.Services;
import io.legwork.bench.system.Setup;
import io.legwork.bench.system.Subscriber;
import io.legwork.bench.system.Watched;
import io.legwork.local.service.Await;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * How webhooks fare: what a backlog of them takes, how late a webhook is, and how much later beside
 * endpoints that are dead or slow.
 */
final class Notifications {

  private static final String NAME = "notifications";
  private static final Duration SETTLING = Duration.ofSeconds(5);
  private static final String KEY = "bGVnd29yayBrZXkgb2YgdGhlIGJlbmNobWFyaywgMzI=";

  /** Nothing listens there: the system gives it to nobody who does not ask for it. */
  private static final int DEAD_PORT = 1030;

  private static final double MICROS_PER_MILLI = 1e3;

  private final Session session;
  private final int queued;
  private final int rate;
  private final int seconds;

  private Notifications(Session session) {
    this.session = session;
    this.queued = session.options().number("queued", 100_000);
    this.rate = session.options().number("rate", 200);
    this.seconds = session.options().number("seconds", 30);
  }

  static void run(Session session) throws IOException, InterruptedException, SQLException {
    var scenario = new Notifications(session);
    WithNotifier.play(session, NAME, Notifications::settings, scenario::webhooks);
  }

  private static Setup settings(Setup setup) {
    return setup
        .withSetting("LEGWORK_SECRETS_KEYS", KEY)
        .withSetting("LEGWORK_OUTBOUND_ALLOW", "loopback");
  }

  private void webhooks(WithNotifier stage, Services services)
      throws IOException, InterruptedException, SQLException {
    session.profile(services, NAME);
    int connections = session.options().number("connections", 16);
    var file = session.folder().resolve("arrivals");
    try (var sink = Watched.start(session.folder(), Sink.class, List.of(file.toString()));
        var subscriber = new Subscriber(services.producerPorts().getFirst())) {
      var url = "http://127.0.0.1:" + sink.first();
      var good = subscriber.pausedWebhook("good", url + "/hook", connections);
      var dead =
          subscriber.pausedWebhook("dead", "http://127.0.0.1:" + DEAD_PORT + "/", connections);
      var slow = subscriber.pausedWebhook("slow", url + "/drip", connections);
      stage.submit(LoadKind.BATCH, 0, queued);
      long gathered = 3L * queued;
      WithNotifier.require(
          Await.within(WithNotifier.LONG, () -> due(services) >= gathered),
          "not all deliveries were created");
      session.say("%,d deliveries have gathered.".formatted(gathered));
      drain(services, subscriber, good, sink);
      var phases = new ArrayList<Phase>();
      phases.add(phase(stage, sink, "alone"));
      subscriber.resume(dead);
      subscriber.resume(slow);
      Await.pause(SETTLING);
      phases.add(phase(stage, sink, "beside dead and slow endpoints"));
      sink.stop();
      compare(phases, Arrivals.read(file), services);
    }
  }

  /** Lets all go that have gathered for the good endpoint. */
  private void drain(Services services, Subscriber subscriber, String good, Watched sink)
      throws IOException, InterruptedException {
    double machine = Machine.load();
    var meter = session.meter(services);
    var cpu = meter.cpuMicros();
    var start = Instant.now();
    subscriber.resume(good);
    WithNotifier.require(
        sink.await(WithNotifier.LONG, now -> now.getFirst() >= queued), "not all webhooks arrived");
    double took = Duration.between(start, Instant.now()).toNanos() / 1e9;
    session.loadedSince(start);
    var figures = new ArrayList<>(List.of(new Figure("webhooks/s", queued / took)));
    Meter.since(meter.cpuMicros(), cpu)
        .forEach((name, micros) ->
            figures.add(new Figure("CPU µs/webhook " + name, (double) micros / queued)));
    session.tell("webhooks", machine, figures, List.of());
  }

  /** A stretch of time in which webhooks are sent at the rate. */
  private record Phase(String name, double machine, long from, long to) {}

  private Phase phase(WithNotifier stage, Watched sink, String name)
      throws IOException, InterruptedException {
    double machine = Machine.load();
    stage.submit(LoadKind.SINGLE, rate, (long) rate * SETTLING.toSeconds());
    long from = now();
    long before = sink.numbers().getFirst();
    long sent = (long) rate * seconds;
    stage.submit(LoadKind.SINGLE, rate, sent);
    WithNotifier.require(
        sink.await(WithNotifier.LONG, now -> now.getFirst() >= before + sent * 9 / 10),
        "webhooks do not arrive " + name);
    Await.pause(SETTLING);
    return new Phase(name, machine, from, now());
  }

  /** In microseconds of the epoch. */
  private static long now() {
    return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
  }

  private void compare(List<Phase> phases, Arrivals arrivals, Services services)
      throws SQLException {
    double former = 0;
    var latencies = new ArrayList<Histogram>();
    for (Phase phase : phases) {
      latencies.add(arrivals.between(services.site(), phase.from(), phase.to()));
    }
    for (int i = 0; i < phases.size(); i++) {
      var latency = latencies.get(i);
      double p99 = latency.getValueAtPercentile(99) / MICROS_PER_MILLI;
      var figures = new ArrayList<Figure>();
      figures.add(new Figure("p50 ms", latency.getValueAtPercentile(50) / MICROS_PER_MILLI));
      figures.add(new Figure("p99 ms", p99));
      figures.add(new Figure("webhooks", latency.getTotalCount()));
      if (i > 0) {
        figures.add(new Figure("p99, of what it was alone", p99 / former));
      }
      former = p99;
      var phase = phases.get(i);
      session.tell(
          "at %d/s %s".formatted(rate, phase.name()), phase.machine(), figures, missing(latency));
    }
  }

  private List<String> missing(Histogram latency) {
    long missing = (long) rate * seconds - latency.getTotalCount();
    return missing <= 0 ? List.of() : List.of("%,d webhooks did not arrive".formatted(missing));
  }

  private static long due(Services services) {
    try (var connection = services.site().connect();
        var query = connection.prepareStatement("select count(*) from delivery_due")) {
      var row = query.executeQuery();
      row.next();
      return row.getLong(1);
    } catch (SQLException failure) {
      throw new IllegalStateException("the ledger cannot be asked", failure);
    }
  }
}
