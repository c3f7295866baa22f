package io.legwork.chaos;

import io.legwork.chaos.history.Ending;
import io.legwork.chaos.history.Execution;
import io.legwork.chaos.history.History;
import io.legwork.chaos.history.Micros;
import io.legwork.chaos.load.Crowd;
import io.legwork.chaos.load.Load;
import io.legwork.chaos.load.Mix;
import io.legwork.chaos.nemesis.Nemesis;
import io.legwork.chaos.stack.Plan;
import io.legwork.chaos.stack.Servers;
import io.legwork.chaos.stack.Stack;
import io.legwork.local.service.Applications;
import io.legwork.local.service.Await;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;

/** One run, from an empty system to its histories. */
final class Run {

  private static final int WORKERS = 2;
  private static final Duration WARM_UP = Duration.ofSeconds(5);
  private static final Duration REST = Duration.ofSeconds(3);
  private static final Duration SETTLING = Duration.ofSeconds(30);
  private static final Duration ANNOUNCEMENTS = Duration.ofSeconds(60);
  private static final Duration ACCOUNTS = Duration.ofMinutes(1);
  private static final Duration LONGEST_DRAIN = Duration.ofMinutes(3);

  private static final Duration LONG = Duration.ofMinutes(10);

  private final Options options;
  private final History history;
  private final long start = System.nanoTime();

  Run(Options options, History history) {
    this.options = options;
    this.history = history;
  }

  /** Runs; what happened is in the history when this returns. */
  void perform(Servers servers) throws IOException {
    try (var applications = applications();
        var stack = Stack.start(servers, plan(applications), history);
        var observers = Observers.start(stack, history)) {
      say("The system is up.");
      var before = warmedUp(stack, observers);
      long lastHeal = struck(stack, observers);
      long quietAfter = observers.awaitQuiet(LONGEST_DRAIN) ? millisSince(lastHeal) : -1;
      say("At rest %.1f s after the last heal.".formatted(quietAfter / 1e3));
      observers.survey(ANNOUNCEMENTS);
      Await.pause(REST);
      var resources = Resources.of(stack).comparedTo(before);
      var open = new HashMap<>(observers.open());
      open.put("unaccounted for", observers.unaccounted(ACCOUNTS));
      history.add(new Ending(lastHeal, quietAfter, open, servers.messages(), resources));
      say("Services stopped, exit codes " + stack.stop() + ".");
    }
  }

  /** In a long run most of the processors' time would go into starting services again. */
  private Applications applications() {
    var applications = Applications.of(options.root());
    if (options.time().compareTo(LONG) >= 0) {
      applications.rehearse();
    }
    return applications;
  }

  private Plan plan(Applications applications) {
    return new Plan(
        applications,
        history.folder().resolve("logs"),
        history.file(Execution.class),
        WORKERS,
        List.of());
  }

  /** What the system holds on to once it has worked for the first time. */
  private Resources warmedUp(Stack stack, Observers observers) throws IOException {
    try (var load = load(stack, observers, Mix.of(Mix.Work.QUICK), "warm-up")) {
      load.start();
      Await.pause(WARM_UP);
      Crowd.visit(stack.producer().url());
      load.settle(SETTLING);
    }
    observers.awaitQuiet(LONGEST_DRAIN);
    Await.pause(REST);
    return Resources.of(stack);
  }

  /** Loads the system while faults strike; returns when the last was healed. */
  private long struck(Stack stack, Observers observers) {
    try (var load = load(stack, observers, Mix.EVERYTHING, "task")) {
      load.start();
      int faults = new Nemesis(stack, history, this::say).run(options.seed(), options.time());
      stack.awaitReady();
      long lastHeal = Micros.now();
      say("All %d faults are healed.".formatted(faults));
      load.settle(SETTLING);
      if (load.skipped() > 0) {
        say("%d tasks were not sent: too many were under way.".formatted(load.skipped()));
      }
      return lastHeal;
    }
  }

  private Load load(Stack stack, Observers observers, Mix mix, String run) {
    var settings = new Load.Settings(mix, options.rate(), options.seed(), run);
    return new Load(stack.producer().url(), history, settings, observers.receiver());
  }

  private static long millisSince(long micros) {
    return (Micros.now() - micros) / 1000;
  }

  private void say(String line) {
    System.out.printf(Locale.ROOT, "%7.1f s  %s%n", (System.nanoTime() - start) / 1e9, line);
  }
}
