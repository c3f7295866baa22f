package io.legwork.bench;

import io.legwork.bench.client.LoadKind;
import io.legwork.bench.client.LoadSpec;
import io.legwork.bench.report.Measurement;
import io.legwork.bench.system.Services;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** As many tasks as the system takes: in batches, and one by one. */
final class Throughput {

  private static final String NAME = "throughput";
  private static final int WARM_UP_SECONDS = 20;
  private static final int CEILING_SECONDS = 10;

  private Throughput() {}

  static void run(Session session) throws IOException, InterruptedException, SQLException {
    var options = session.options();
    int rounds = options.number("rounds", 3);
    int seconds = options.number("seconds", 20);
    boolean listening = options.is("listen", false);
    var kinds = kinds(options);
    try (var services = session.start(NAME, listening)) {
      var trial = new Trial(session, services);
      trial.warmUp(loads(session, services, kinds, WARM_UP_SECONDS));
      session.profile(services, NAME);
      for (int round = 1; round <= rounds; round++) {
        if (options.is("ceilings", true)) {
          Ceilings.measure(session, round, CEILING_SECONDS);
        }
        for (LoadKind kind : kinds) {
          var load = session.load(services, kind, 0, seconds);
          session.add(measure(trial, kind, round, load, listening));
        }
      }
      session.stop(services, NAME);
    }
  }

  private static Measurement measure(
      Trial trial, LoadKind kind, int round, LoadSpec load, boolean listening)
      throws IOException, InterruptedException, SQLException {
    var name = kind.name().toLowerCase(Locale.ROOT);
    return listening
        ? trial.runWithListener(name + " with listener", round, load)
        : trial.run(name, round, load);
  }

  private static LoadSpec[] loads(
      Session session, Services services, List<LoadKind> kinds, int seconds) {
    return kinds.stream()
        .map(kind -> session.load(services, kind, 0, seconds))
        .toArray(LoadSpec[]::new);
  }

  private static List<LoadKind> kinds(Options options) {
    var kinds = new ArrayList<LoadKind>();
    var mode = options.text("mode", "both");
    if (!mode.equals("single")) {
      kinds.add(LoadKind.BATCH);
    }
    if (!mode.equals("batch")) {
      kinds.add(LoadKind.SINGLE);
    }
    return kinds;
  }
}
