package io.legwork.bench;

import io.legwork.bench.client.LoadKind;
import io.legwork.bench.client.LoadSpec;
import io.legwork.bench.report.Figure;
import io.legwork.bench.report.Medians;
import io.legwork.bench.report.Ratio;
import io.legwork.bench.system.Setup;
import java.io.IOException;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Tasks that sleep 5 ms: with 1, 2 and 4 times the permits, and with 1, 2 and 4 workers, each of
 * which is held to one processor.
 */
final class Scale {

  private static final int SLEEP_MILLIS = 5;
  private static final int PERMITS = 4;
  private static final double PER_PERMIT = 1_000.0 / SLEEP_MILLIS;
  private static final List<Integer> FACTORS = List.of(1, 2, 4);
  private static final String PERMITS_SETTING = "LEGWORK_WORKER_CONCURRENCY";

  private Scale() {}

  static void run(Session session) throws IOException, InterruptedException, SQLException {
    int rounds = session.options().number("rounds", 3);
    for (int factor : FACTORS) {
      var name = factor + "x permits";
      measure(session, name, rounds, factor, permits(factor * PERMITS));
      compare(session, name, "1x permits");
    }
    for (int factor : FACTORS) {
      var name = factor == 1 ? "1 worker" : factor + " workers";
      measure(session, name, rounds, factor, workers(factor));
      compare(session, name, "1 worker");
    }
  }

  private static UnaryOperator<Setup> permits(int permits) {
    return setup -> setup.with(settings(setup, permits));
  }

  private static UnaryOperator<Setup> workers(int workers) {
    return setup ->
        setup
            .with(settings(setup, PERMITS))
            .withWorkers(workers, n -> List.of("taskset", "-c", Integer.toString(processor(n))));
  }

  private static Map<String, String> settings(Setup setup, int permits) {
    var settings = new HashMap<>(setup.settings());
    settings.put(PERMITS_SETTING, Integer.toString(permits));
    return settings;
  }

  private static int processor(int worker) {
    return worker % Runtime.getRuntime().availableProcessors();
  }

  private static void measure(
      Session session, String name, int rounds, int factor, UnaryOperator<Setup> differences)
      throws IOException, InterruptedException, SQLException {
    int seconds = session.options().number("seconds", 10);
    long tasks = Math.round(seconds * factor * PERMITS * PER_PERMIT);
    try (var services = session.start(name.replace(' ', '-'), differences, false)) {
      var trial = new Trial(session, services);
      LoadSpec load = session.load(services, LoadKind.BATCH, 0, 10.0 * seconds);
      trial.warmUp(load.sleeping(SLEEP_MILLIS, tasks / 4));
      for (int round = 1; round <= rounds; round++) {
        session.add(trial.run(name, round, load.sleeping(SLEEP_MILLIS, tasks)));
      }
      services.stop();
    }
  }

  /** Says how many times as fast the last kind was. */
  private static void compare(Session session, String name, String base) {
    double one = Medians.of(session.measurements(), base, Ratio.RATE).orElse(Double.NaN);
    double now = Medians.of(session.measurements(), name, Ratio.RATE).orElse(Double.NaN);
    session.annotate(name, new Figure("times as fast as " + base, now / one));
  }
}
