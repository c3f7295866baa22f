package io.legwork.bench;

import io.legwork.bench.client.LoadKind;
import io.legwork.bench.report.Figure;
import io.legwork.bench.report.Machine;
import io.legwork.bench.report.Measurement;
import io.legwork.bench.system.ClientProcess;
import io.legwork.bench.system.Filling;
import io.legwork.bench.system.Questions;
import io.legwork.bench.system.Services;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether a ledger that has grown is as fast as an empty one: accepting while nothing runs, running
 * what waits, reading one task and listing a page.
 */
final class Backlog {

  private static final String EMPTY = "empty";
  private static final String GROWN = "grown";
  private static final int FINISHED = 2_000_000;
  private static final int QUEUED = 500_000;

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
    session.relate(GROWN, EMPTY, "accepted/s", "claimed/s", "GET p50 ms", "list p50 ms");
  }

  private static void warmUp(Session session, Services producers)
      throws IOException, InterruptedException, SQLException {
    var load = session.load(producers, LoadKind.BATCH, 0, session.options().warmUpSeconds());
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
}
