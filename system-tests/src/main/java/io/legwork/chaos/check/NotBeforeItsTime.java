package io.legwork.chaos.check;

import io.legwork.chaos.history.FinalTask;
import java.util.stream.Stream;

/** Invariant 22: a delay is kept. */
final class NotBeforeItsTime implements Invariant {

  @Override
  public String name() {
    return "schedule";
  }

  @Override
  public String sentence() {
    return "No task starts before its time.";
  }

  @Override
  public Stream<Violation> violations(Evidence evidence) {
    return evidence.tasks().values().stream()
        .filter(task -> evidence.wasOrdered(task.token()))
        .flatMap(task ->
            evidence.runsOf(task.id()).starts().stream()
                .limit(1)
                .filter(start -> start.at() < due(evidence, task))
                .map(start -> new Violation(task.id(), "started before it was due")));
  }

  private static long due(Evidence evidence, FinalTask task) {
    return task.submittedAt() + evidence.order(task.token()).delayMillis() * 1000;
  }
}
