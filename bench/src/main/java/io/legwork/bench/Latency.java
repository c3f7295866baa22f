package io.legwork.bench;

import io.legwork.bench.client.LoadKind;
import io.legwork.bench.client.LoadSpec;
import io.legwork.bench.report.Measurement;
import io.legwork.bench.report.Medians;
import io.legwork.bench.report.Ratio;
import io.legwork.bench.system.Services;
import java.io.IOException;
import java.sql.SQLException;

/**
 * From one POST to the result in its answer ({@code Prefer: wait}), in an open loop: at a low rate,
 * and at half of what the system takes at most.
 */
final class Latency {

  private static final String NAME = "latency";
  private static final int LOW_RATE = 50;
  private static final int MAXIMUM_SECONDS = 15;
  private static final String MAXIMUM = "single, as fast as possible";

  private Latency() {}

  static void run(Session session) throws IOException, InterruptedException, SQLException {
    var options = session.options();
    int rounds = options.number("rounds", 3);
    int warmUp = options.warmUpSeconds();
    int rate = options.number("rate", LOW_RATE);
    try (var services = session.start(NAME, false)) {
      var trial = new Trial(session, services);
      trial.warmUp(
          session.load(services, LoadKind.SINGLE, 0, warmUp),
          session.load(services, LoadKind.WAIT, rate, warmUp));
      session.profile(services, NAME);
      for (int round = 1; round <= rounds; round++) {
        session.add(wait(session, services, trial, "wait at " + rate + "/s", round, rate));
      }
      session.add(maximum(session, services, trial));
      double half = Medians.of(session.measurements(), MAXIMUM, Ratio.RATE).orElse(rate) / 2;
      for (int round = 1; round <= rounds; round++) {
        session.add(wait(session, services, trial, "wait at half of the maximum", round, half));
      }
      session.stop(services, NAME);
    }
  }

  private static Measurement wait(
      Session session, Services services, Trial trial, String name, int round, double rate)
      throws IOException, InterruptedException, SQLException {
    int seconds = session.options().number("seconds", 30);
    LoadSpec load = session.load(services, LoadKind.WAIT, rate, seconds);
    return trial.run(name, round, load);
  }

  private static Measurement maximum(Session session, Services services, Trial trial)
      throws IOException, InterruptedException, SQLException {
    return trial.run(MAXIMUM, 1, session.load(services, LoadKind.SINGLE, 0, MAXIMUM_SECONDS));
  }
}
