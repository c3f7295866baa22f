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

  private Throughput() {}

  static void run(Session session) throws IOException, InterruptedException, SQLException {
    var options = session.options();
    int rounds = options.number("rounds", 3);
    int seconds = options.number("seconds", 20);
    int warmUp = options.warmUpSeconds();
    boolean listening = options.is("listen", false);
    var kinds = kinds(options);
    boolean limited = options.is("ceilings", true);
    try (var services = session.start(NAME, listening);
        var ceilings = Ceilings.of(session, limited ? kinds : List.of())) {
      var trial = new Trial(session, services);
      ceilings.warmUp(warmUp);
      trial.warmUp(loads(session, services, kinds, warmUp));
      session.profile(services, NAME);
      for (int round = 1; round <= rounds; round++) {
        if (limited) {
          ceilings.measure(round);
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
    var name = name(kind);
    return listening
        ? trial.runWithListener(name + " with listener", round, load)
        : trial.run(name, round, load);
  }

  /** Whether what is called so are single POSTs, with or without a listener. */
  static boolean isSingle(String measured) {
    return measured.startsWith(name(LoadKind.SINGLE));
  }

  private static String name(LoadKind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
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
