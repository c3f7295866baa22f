package io.legwork.bench;

import io.legwork.bench.client.LoadKind;
import io.legwork.bench.client.LoadSpec;
import io.legwork.bench.report.Figure;
import io.legwork.bench.report.Machine;
import io.legwork.bench.report.Measurement;
import io.legwork.bench.report.Medians;
import io.legwork.bench.system.ClientProcess;
import io.legwork.bench.system.ClientProcess.Seen;
import io.legwork.bench.system.Meter;
import io.legwork.bench.system.Services;
import io.legwork.local.service.Await;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What it costs to be closed: asking for keys against letting everybody in, the second wall between
 * tenants against one, and those who guess keys beside one who has the right one. Whatever is
 * compared is up at the same time and measured in turns, in every round the other way round.
 */
final class Access {

  /** Loads of each side before anything counts. */
  private static final int WARM_UPS = 3;

  private static final int GUESSES_PER_SECOND = 10_000;
  private static final int RIGHT_PER_SECOND = 200;
  private static final int LEAD_SECONDS = 3;
  private static final double NANOS_PER_MILLI = 1e6;

  private static final String WALL = "LEGWORK_LEDGER_TENANT_WALL";
  private static final String ALONE = "right key alone";

  /** All of them can be kept waiting. */
  private static final List<Integer> GUESSERS = List.of(64, 1_000);

  private static final String P50 = "answer p50 ms";
  private static final String P99 = "answer p99 ms";
  private static final String ANSWERS = "answers/s";
  private static final String PROCESSOR = "CPU µs/answer, producer and database";

  private final Session session;
  private final int rounds;
  private final int seconds;

  private Access(Session session) {
    this.session = session;
    this.rounds = session.options().number("rounds", 3);
    this.seconds = session.options().number("seconds", 10);
  }

  /** Something that is measured once in a round. */
  @FunctionalInterface
  private interface Step {
    Measurement run(int round) throws IOException, InterruptedException, SQLException;
  }

  static void run(Session session) throws IOException, InterruptedException, SQLException {
    var scenario = new Access(session);
    var mode = session.options().text("mode", "all");
    try (var closed = session.start("closed", false)) {
      if (mode.equals("all") || mode.equals("keys")) {
        scenario.against(closed, "LEGWORK_SECURITY_OPEN", "true", "with keys", "open to all");
      }
      if (mode.equals("all") || mode.equals("whole")) {
        scenario.against(closed, WALL, "false", "two walls", "one wall");
      }
      if (mode.equals("all") || mode.equals("wall")) {
        scenario.wall(closed);
      }
      if (mode.equals("all") || mode.equals("guesses")) {
        scenario.guesses(closed);
      }
      session.stop(closed, "closed");
    }
  }

  /** Submissions to this system and to another one that differs in one setting. */
  private void against(Services here, String setting, String value, String name, String otherName)
      throws IOException, InterruptedException, SQLException {
    try (var there =
        session.start(
            otherName.replace(' ', '-'), setup -> setup.withSetting(setting, value), false)) {
      var first = "submissions, " + name;
      var second = "submissions, " + otherName;
      var load = session.load(here, LoadKind.SINGLE, 0, seconds);
      var otherLoad = session.load(there, LoadKind.SINGLE, 0, seconds);
      for (int i = 0; i < WARM_UPS; i++) {
        var _ = submit(here, "warm-up", i, load);
        var _ = submit(there, "warm-up", i, otherLoad);
      }
      inTurns(
          List.of(
              round -> submit(here, first, round, load),
              round -> submit(there, second, round, otherLoad)));
      relate(first, second, ANSWERS);
      relate(first, second, PROCESSOR);
      session.stop(there, otherName.replace(' ', '-'));
    }
  }

  /** The same rows, read by a producer behind the wall and by one that is before it. */
  private void wall(Services closed) throws IOException, InterruptedException, SQLException {
    try (var before =
        session.start(
            "reading-one-wall",
            closed.site(),
            setup -> setup.withSetting(WALL, "false").withCounts(1, 0),
            false)) {
      for (LoadKind kind : List.of(LoadKind.READ, LoadKind.LIST)) {
        var name = kind.name().toLowerCase(Locale.ROOT);
        var behindIt = session.load(closed, kind, 0, seconds);
        var beforeIt = session.load(before, kind, 0, seconds);
        for (int i = 0; i < WARM_UPS; i++) {
          var _ = ask(closed, name + " warm-up", i, behindIt);
          var _ = ask(before, name + " warm-up", i, beforeIt);
        }
        inTurns(
            List.of(
                round -> ask(closed, name + ", two walls", round, behindIt),
                round -> ask(before, name + ", one wall", round, beforeIt)));
        relate(name + ", two walls", name + ", one wall", ANSWERS);
        relate(name + ", two walls", name + ", one wall", PROCESSOR);
      }
      session.stop(before, "reading-one-wall");
    }
  }

  private void guesses(Services closed) throws IOException, InterruptedException, SQLException {
    int rate = session.options().number("rate", RIGHT_PER_SECOND);
    var right = session.load(closed, LoadKind.SINGLE, rate, seconds);
    var wrong =
        session.load(closed, LoadKind.GUESS, GUESSES_PER_SECOND, seconds + 2 * LEAD_SECONDS);
    var warmUp = session.load(closed, LoadKind.GUESS, 0, session.options().warmUpSeconds());
    session.profile(closed, "closed");
    var start = Instant.now();
    session.add(ask(closed, "wrong keys alone", 1, warmUp.over(GUESSERS.getLast())));
    session.loadedSince(start);
    for (int i = 0; i < WARM_UPS; i++) {
      var _ = submit(closed, "warm-up of guesses", i, right);
    }
    List<Step> steps = new ArrayList<>();
    steps.add(round -> submit(closed, ALONE, round, right));
    GUESSERS.forEach(count -> steps.add(round -> beside(closed, round, right, wrong.over(count))));
    inTurns(steps);
    for (int count : GUESSERS) {
      relate(besideName(count), ALONE, P50);
      relate(besideName(count), ALONE, P99);
    }
  }

  private static String besideName(int count) {
    return "right key beside wrong ones over %,d connections".formatted(count);
  }

  /** Who guesses begins earlier and ends later. */
  private Measurement beside(Services closed, int round, LoadSpec right, LoadSpec wrong)
      throws IOException, InterruptedException, SQLException {
    var name = besideName(wrong.connections());
    var guessing = ClientProcess.start(session.folder(), "guesses of " + name + round, wrong);
    Await.pause(Duration.ofSeconds(LEAD_SECONDS));
    var measured = submit(closed, name, round, right);
    long over = System.currentTimeMillis() * 1000;
    var guessed = guessing.await();
    double guesses = guessed.result().refused() / taken(guessed);
    var more = measured.with(new Figure("wrong keys/s", guesses));
    boolean refused = guessed.result().unknown() == 0 && guessed.result().accepted() == 0;
    if (guessed.result().endedMicros() < over) {
      return more.voidBecause("who guessed was done before the other one");
    }
    return refused
        ? more
        : more.voidBecause("a guess was answered " + guessed.result().firstProblem());
  }

  private void inTurns(List<Step> steps) throws IOException, InterruptedException, SQLException {
    for (int round = 1; round <= rounds; round++) {
      for (Step step : round % 2 == 1 ? steps : steps.reversed()) {
        session.add(step.run(round));
      }
    }
  }

  /** The same, and all that was submitted has been run when this returns. */
  private Measurement submit(Services services, String name, int round, LoadSpec load)
      throws IOException, InterruptedException, SQLException {
    var measured = ask(services, name, round, load);
    return new Trial(session, services).awaitDrained()
        ? measured
        : measured.voidBecause("the tasks did not end in time");
  }

  /** Puts a load on a producer. */
  private Measurement ask(Services services, String name, int round, LoadSpec load)
      throws IOException, InterruptedException {
    double machine = Machine.load();
    var meter = session.meter(services);
    var before = meter.cpuMicros();
    var seen = ClientProcess.start(session.folder(), name + "-" + round, load).await();
    var used = Meter.since(meter.cpuMicros(), before);
    boolean guessing = load.kind() == LoadKind.GUESS;
    double count = guessing ? seen.result().refused() : seen.result().accepted();
    double processor = used.getOrDefault("producer", 0L) + used.getOrDefault("database", 0L);
    var figures =
        List.of(
            new Figure(ANSWERS, count / taken(seen)),
            new Figure(PROCESSOR, processor / count),
            new Figure(P50, seen.latency().getValueAtPercentile(50) / NANOS_PER_MILLI),
            new Figure(P99, seen.latency().getValueAtPercentile(99) / NANOS_PER_MILLI));
    List<String> problems = new ArrayList<>();
    if (seen.result().unknown() > 0 || count < seen.result().sent()) {
      problems.add("not every request was answered as it should: " + seen.result().firstProblem());
    }
    return new Measurement(name, round, machine, figures, List.of(), problems);
  }

  private static double taken(Seen seen) {
    return (seen.result().endedMicros() - seen.result().startedMicros()) / 1e6;
  }

  /** The median of the rounds' own ratios: what disturbs a round disturbs both of its sides. */
  private void relate(String name, String base, String figure) {
    List<Measurement> all = session.measurements();
    var ratios =
        all.stream()
            .filter(it -> it.name().equals(name) && it.isValid())
            .flatMap(it ->
                all.stream()
                    .filter(other -> other.name().equals(base) && other.round() == it.round())
                    .filter(Measurement::isValid)
                    .map(other ->
                        it.value(figure).orElse(Double.NaN)
                            / other.value(figure).orElse(Double.NaN)))
            .mapToDouble(Double::doubleValue)
            .toArray();
    double median = Medians.of(ratios).orElse(Double.NaN);
    session.annotate(name, new Figure(figure + " / " + base, median));
  }
}
