package io.legwork.bench;

import io.legwork.bench.client.LoadKind;
import io.legwork.bench.report.Figure;
import io.legwork.bench.report.Machine;
import io.legwork.bench.report.Measurement;
import io.legwork.bench.report.Medians;
import io.legwork.bench.system.ClientProcess;
import io.legwork.bench.system.Filling;
import io.legwork.bench.system.Questions;
import io.legwork.bench.system.Services;
import io.legwork.local.service.Await;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether a ledger that has grown is as fast as an empty one: accepting while nothing runs, running
 * what waits, reading one task and listing a page. Then whether an old transaction, which keeps
 * dead rows from being cleared away, makes it slow.
 */
final class Backlog {

  private static final String EMPTY = "empty";
  private static final String GROWN = "grown";
  private static final int FINISHED = 2_000_000;
  private static final int QUEUED = 500_000;
  private static final int WARM_UP_SECONDS = 10;

  private Backlog() {}

  static void run(Session session) throws IOException, InterruptedException, SQLException {
    var options = session.options();
    try (var producers = session.start(EMPTY, setup -> setup.withCounts(1, 0), false)) {
      warmUp(session, producers);
      for (int round = 1; round <= options.number("rounds", 3); round++) {
        session.add(measure(session, producers, EMPTY, round, 0));
      }
      int finished = options.number("finished", FINISHED);
      Filling.finished(producers.site(), finished);
      session.say("The ledger has %,d finished tasks more.".formatted(finished));
      for (int round = 1; round <= options.number("rounds", 3); round++) {
        session.add(measure(session, producers, GROWN, round, options.number("queued", QUEUED)));
      }
      producers.stop();
    }
    relate(session, GROWN, EMPTY, List.of("accepted/s", "claimed/s", "GET p50 ms", "list p50 ms"));
    pinned(session);
  }

  private static void warmUp(Session session, Services producers)
      throws IOException, InterruptedException, SQLException {
    var load = session.load(producers, LoadKind.BATCH, 0, WARM_UP_SECONDS);
    try (var workers = workers(session, producers, "warm-up")) {
      new Trial(session, producers).warmUp(load);
      workers.stop();
    }
  }

  private static Services workers(Session session, Services producers, String name) {
    return session.start(name, producers.site(), setup -> setup.withCounts(0, 1), false);
  }

  /** Fills the queue up to so many tasks, accepts for a while, and then lets a worker run. */
  private static Measurement measure(
      Session session, Services producers, String name, int round, long queued)
      throws IOException, InterruptedException, SQLException {
    int seconds = session.options().number("seconds", 10);
    double machine = Machine.load();
    var figures = new ArrayList<Figure>();
    if (queued > 0) {
      var filling = session.load(producers, LoadKind.BATCH, 0, 3_600).atMost(queued);
      ClientProcess.start(session.folder(), "filling", filling).await();
    }
    var seen =
        ClientProcess.start(
                session.folder(), name, session.load(producers, LoadKind.BATCH, 0, seconds))
            .await();
    double taken = (seen.result().endedMicros() - seen.result().startedMicros()) / 1e6;
    figures.add(new Figure("accepted/s", seen.result().accepted() / taken));
    try (var questions = new Questions(producers.producerPorts().getFirst())) {
      figures.addAll(questions.ask(seen.ids()));
    }
    var start = Instant.now();
    try (var workers = workers(session, producers, name + "-worker-" + round)) {
      boolean drained = new Trial(session, workers).awaitDrained();
      workers.stop();
      figures.add(new Figure("claimed/s", Filling.claimRate(producers.site(), start, seconds)));
      var problems = drained ? List.<String>of() : List.of("the tasks did not end in time");
      return new Measurement(name, round, machine, figures, List.of(), problems);
    }
  }

  private static void pinned(Session session)
      throws IOException, InterruptedException, SQLException {
    int seconds = session.options().number("pinned", 60);
    try (var services = session.start("pinned", false)) {
      var trial = new Trial(session, services);
      var load = session.load(services, LoadKind.BATCH, 0, session.options().number("seconds", 10));
      trial.warmUp(load);
      session.add(trial.run("before the old transaction", 1, load));
      try (var connection = services.site().connect()) {
        connection.setAutoCommit(false);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        try (var statement = connection.createStatement()) {
          statement.execute("select txid_current()");
        }
        var during = session.load(services, LoadKind.BATCH, 0, seconds);
        session.add(trial.run("beside the old transaction", 1, during));
        connection.rollback();
      }
      Await.pause(Duration.ofSeconds(10));
      session.add(trial.run("after the old transaction", 1, load));
      session.stop(services, "pinned");
    }
    var rate = List.of("tasks/s");
    relate(session, "beside the old transaction", "before the old transaction", rate);
    relate(session, "after the old transaction", "before the old transaction", rate);
  }

  private static void relate(Session session, String name, String base, List<String> figures) {
    for (String figure : figures) {
      double now = Medians.of(session.measurements(), name, figure).orElse(Double.NaN);
      double then = Medians.of(session.measurements(), base, figure).orElse(Double.NaN);
      session.annotate(name, new Figure(figure + " / " + base, now / then));
    }
  }
}
