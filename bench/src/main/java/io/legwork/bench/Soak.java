package io.legwork.bench;

import io.legwork.bench.client.LoadKind;
import io.legwork.bench.report.Figure;
import io.legwork.bench.report.Medians;
import io.legwork.bench.report.Ratio;
import io.legwork.bench.system.Holdings;
import java.io.IOException;
import java.sql.SQLException;

/** A steady load for a long time, while what the processes hold on to is watched. */
final class Soak {

  private static final String NAME = "soak";
  private static final String MAXIMUM = "single, as fast as possible";
  private static final int MAXIMUM_SECONDS = 15;
  private static final int TWENTY_MINUTES = 1_200;
  private static final double SHARE = 0.7;

  private Soak() {}

  static void run(Session session) throws IOException, InterruptedException, SQLException {
    int seconds = session.options().number("seconds", TWENTY_MINUTES);
    try (var services = session.start(NAME, false)) {
      var trial = new Trial(session, services);
      trial.warmUp(session.load(services, LoadKind.SINGLE, 0, session.options().warmUpSeconds()));
      double rate = session.options().number("rate", 1);
      if (session.options().text("rate", "").isEmpty()) {
        var most = session.load(services, LoadKind.SINGLE, 0, MAXIMUM_SECONDS);
        session.add(trial.run(MAXIMUM, 1, most));
        rate = SHARE * Medians.of(session.measurements(), MAXIMUM, Ratio.RATE).orElse(1);
      }
      session.say("%,.0f tasks/s for %,d s".formatted(rate, seconds));
      try (var holdings = Holdings.watch(session.servers(), services)) {
        var measured = trial.run(NAME, 1, session.load(services, LoadKind.SINGLE, rate, seconds));
        for (Figure figure : holdings.figures()) {
          measured = measured.with(figure);
        }
        session.add(measured.withSeries(holdings.series()));
      }
      session.stop(services, NAME);
    }
  }
}
