package io.legwork.bench;

import io.legwork.bench.client.LoadSpec;
import io.legwork.bench.report.Machine;
import io.legwork.bench.report.Measurement;
import io.legwork.bench.system.ClientProcess;
import io.legwork.bench.system.DatabaseCounters;
import io.legwork.bench.system.ListenerProcess;
import io.legwork.bench.system.Meter;
import io.legwork.bench.system.Sampler;
import io.legwork.bench.system.Services;
import io.legwork.bench.system.Survey;
import io.legwork.bench.system.Survey.Listed;
import io.legwork.local.service.Await;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/** Puts one load on running services, waits until all is done, and looks at what came of it. */
final class Trial {

  private static final Duration DRAIN = Duration.ofMinutes(5);
  private static final Duration HEARING = Duration.ofMinutes(1);
  private static final Duration LOOK = Duration.ofMillis(100);
  private static final Duration SETTLING = Duration.ofMillis(DatabaseCounters.DELAY_MILLIS);

  /** Clocks are those of one machine, but the list takes the times of another process. */
  private static final Duration MARGIN = Duration.ofSeconds(1);

  private final Session session;
  private final Services services;
  private final Meter meter;

  Trial(Session session, Services services) {
    this.session = session;
    this.services = services;
    this.meter = session.meter(services);
  }

  /** Loads without measuring, so that everything is compiled and every pool is full. */
  void warmUp(LoadSpec... loads) throws IOException, InterruptedException, SQLException {
    for (LoadSpec load : loads) {
      ClientProcess.start(session.folder(), "warm-up", load).await();
      awaitDrained();
    }
    session.say("Warmed up.");
  }

  /** Measures one load. */
  Measurement run(String name, int round, LoadSpec load)
      throws IOException, InterruptedException, SQLException {
    return run(name, round, load, false);
  }

  /** The same while somebody follows the event stream, who has to hear of every task's end. */
  Measurement runWithListener(String name, int round, LoadSpec load)
      throws IOException, InterruptedException, SQLException {
    return run(name, round, load, true);
  }

  private Measurement run(String name, int round, LoadSpec load, boolean listening)
      throws IOException, InterruptedException, SQLException {
    Await.pause(SETTLING);
    double machine = Machine.load();
    var listener =
        listening ? ListenerProcess.start(session.folder(), services.notifierPort()) : null;
    var start = Instant.now();
    var before = meter.read();
    var cpu = meter.cpuMicros();
    var sampler = Sampler.start(meter);
    var seen = ClientProcess.start(session.folder(), name + "-" + round, load).await();
    boolean drained = awaitDrained();
    if (listener != null) {
      listener.awaitCount(seen.result().accepted(), HEARING);
    }
    sampler.close();
    session.loadedSince(start);
    var used = Meter.since(meter.cpuMicros(), cpu);
    used.put("client", seen.result().cpuMicros());
    var told = listener == null ? null : listener.stop();
    if (told != null) {
      used.put("listener", told.heard().cpuMicros());
    }
    Await.pause(SETTLING);
    var spent = new Costs(used, meter.read().since(before));
    var outcome = Outcome.of(seen, listed(start), drained, told);
    return new Measurement(
        name,
        round,
        machine,
        Figures.of(seen, outcome, spent),
        Plots.of(seen, outcome, sampler.series()),
        outcome.problems());
  }

  private Map<UUID, Listed> listed(Instant start) throws IOException {
    try (var survey = new Survey(services.producerPorts().getFirst())) {
      return survey.since(start.minus(MARGIN));
    }
  }

  /** Whether every task ended in time. */
  boolean awaitDrained() throws SQLException {
    try (var connection = services.site().connect();
        var query = connection.prepareStatement("select exists (select from task)")) {
      return Await.within(
          DRAIN,
          LOOK,
          () -> {
            try (var row = query.executeQuery()) {
              row.next();
              return !row.getBoolean(1);
            } catch (SQLException e) {
              throw new IllegalStateException("the ledger cannot be asked", e);
            }
          });
    }
  }
}
