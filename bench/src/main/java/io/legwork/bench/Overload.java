package io.legwork.bench;

import io.legwork.bench.client.DeafClients;
import io.legwork.bench.client.LoadKind;
import io.legwork.bench.report.Figure;
import io.legwork.bench.report.Measurement;
import io.legwork.bench.report.Ratio;
import java.io.IOException;
import java.sql.SQLException;

/**
 * Twice as many tasks as the system takes at most, from clients that do not wait as they are told
 * to, beside some that never read their answers.
 */
final class Overload {

  private static final String NAME = "overload";
  private static final int CONNECTIONS = 400;
  private static final int DEAF = 20;

  private Overload() {}

  static void run(Session session) throws IOException, InterruptedException, SQLException {
    int seconds = session.options().number("seconds", 20);
    int rounds = session.options().number("rounds", 3);
    try (var services = session.start(NAME, false)) {
      var trial = new Trial(session, services);
      var most = session.load(services, LoadKind.SINGLE, 0, seconds);
      trial.warmUp(session.load(services, LoadKind.SINGLE, 0, session.options().warmUpSeconds()));
      session.profile(services, NAME);
      for (int round = 1; round <= rounds; round++) {
        var best = trial.run("single, as fast as possible", round, most);
        session.add(best);
        double rate = best.value(Ratio.RATE).orElseThrow();
        var twice = session.load(services, LoadKind.SINGLE, 2 * rate, seconds);
        try (var _ = DeafClients.start(services.producerPorts().getFirst(), DEAF)) {
          var overloaded = trial.run("twice as many", round, twice.impatient(CONNECTIONS));
          session.add(withShare(overloaded, rate));
        }
      }
      session.stop(services, NAME);
    }
  }

  private static Measurement withShare(Measurement overloaded, double best) {
    double rate = overloaded.value(Ratio.RATE).orElse(0);
    var measured = overloaded.with(new Figure("share of the best rate", rate / best));
    double silent = overloaded.value("refused without Retry-After").orElse(0);
    return silent == 0
        ? measured
        : measured.voidBecause("%,.0f refusals had no Retry-After".formatted(silent));
  }
}
