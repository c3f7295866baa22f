package io.legwork.chaos.check;

import io.legwork.chaos.history.Execution.Phase;
import io.legwork.chaos.history.FinalTask;
import java.util.stream.Stream;

/** Invariant 7: no success without a handler that succeeded. */
final class Executed implements Invariant {

  @Override
  public String name() {
    return "executed";
  }

  @Override
  public String sentence() {
    return "A task that succeeded was executed by that very attempt, with that very result.";
  }

  @Override
  public Stream<Violation> violations(Evidence evidence) {
    return evidence.tasks().values().stream()
        .filter(task -> task.state().equals("SUCCEEDED"))
        .filter(task -> !wasExecuted(evidence, task))
        .map(task ->
            new Violation(
                task.id(),
                "succeeded with attempt %d, but no handler says so".formatted(task.attempts())));
  }

  private static boolean wasExecuted(Evidence evidence, FinalTask task) {
    return evidence.runsOf(task.id()).lines().stream()
        .anyMatch(line ->
            line.phase() == Phase.SUCCESS
                && line.attempt() == task.resultAttempt()
                && line.result().equals(task.result()));
  }
}
