package io.legwork.chaos;

import io.legwork.chaos.check.Checker;
import io.legwork.chaos.check.Judgement;
import io.legwork.chaos.history.Ending;
import io.legwork.chaos.history.Execution;
import io.legwork.chaos.history.FaultNote;
import io.legwork.chaos.history.History;
import io.legwork.chaos.history.Micros;
import io.legwork.chaos.load.Load;
import io.legwork.chaos.load.Mix;
import io.legwork.chaos.stack.Plan;
import io.legwork.chaos.stack.Servers;
import io.legwork.chaos.stack.Stack;
import io.legwork.local.TestInfra;
import io.legwork.local.service.Applications;
import io.legwork.local.service.Await;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * A few acts, one after the other, on a system of its own.
 *
 * @param folder keeps the histories
 * @param options for the JVMs of the services
 * @param drain how long it may take until everything is done
 */
record Play(Applications applications, Path folder, List<String> options, Duration drain) {

  /** So few that a little load leaves messages waiting. */
  private static final String PERMITS = "-Dlegwork.worker.concurrency=16";

  private static final Duration SETTLING = Duration.ofSeconds(5);
  private static final Duration ANNOUNCEMENTS = Duration.ofSeconds(5);
  private static final long SEED = 1;

  /** Plays the acts and judges what happened. */
  Judgement judged(List<Act> acts) throws Exception {
    try (var history = new History(folder)) {
      var logs = folder.resolve("logs");
      var ledger = history.file(Execution.class);
      int workers = acts.stream().mapToInt(Act::workers).max().orElseThrow();
      var all = Stream.concat(Stream.of(PERMITS), options.stream()).toList();
      var plan = new Plan(applications, logs, ledger, workers, all);
      try (var stack = Stack.start(servers(), plan, history);
          var observers = Observers.start(stack, history)) {
        for (Act act : acts) {
          play(act, stack, observers, history);
        }
        end(stack, observers, history);
      }
      return Checker.judge(history);
    }
  }

  private static void play(Act act, Stack stack, Observers observers, History history)
      throws Exception {
    var settings = new Load.Settings(Mix.of(act.work()), act.rate(), SEED, act.name());
    var producer = stack.producer().url();
    try (var load = new Load(producer, history, settings, observers.receiver())) {
      load.start();
      Await.pause(act.load());
      history.add(note(act, FaultNote.Phase.INJECTED));
      act.disturbance().strike(stack);
      history.add(note(act, FaultNote.Phase.HEALED));
      load.settle(SETTLING);
    }
  }

  private static FaultNote note(Act act, FaultNote.Phase phase) {
    return new FaultNote(Micros.now(), 1, phase, act.name(), "");
  }

  private void end(Stack stack, Observers observers, History history) throws Exception {
    long lastHeal = Micros.now();
    boolean quiet = observers.awaitQuiet(drain);
    long quietAfter = quiet ? (Micros.now() - lastHeal) / 1000 : -1;
    observers.survey(quiet ? ANNOUNCEMENTS : Duration.ZERO);
    var messages = stack.servers().messages();
    history.add(new Ending(lastHeal, quietAfter, observers.open(), messages, List.of()));
  }

  private static Servers servers() {
    return new Servers(
        TestInfra.sharedBroker(),
        TestInfra.sharedDatabase(),
        TestInfra.broker(),
        TestInfra.database());
  }
}
