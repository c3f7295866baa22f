package io.legwork.chaos.check;

import io.legwork.chaos.history.FinalTask;
import io.legwork.chaos.history.TaskHistory;
import io.legwork.chaos.history.TaskHistory.Attempt;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Invariant 12: attempts are counted, and bounded. */
final class AttemptsBounded implements Invariant {

  @Override
  public String name() {
    return "attempts bounded";
  }

  @Override
  public String sentence() {
    return "No task has more attempts than it may have, and one that failed says why, with "
        + "its attempts used up or an error that is permanent.";
  }

  @Override
  public Stream<Violation> violations(Evidence evidence) {
    return Stream.concat(
        evidence.tasks().values().stream().flatMap(task -> faults(evidence, task)),
        evidence.pasts().values().stream().flatMap(past -> charged(evidence, past)));
  }

  private static Stream<Violation> faults(Evidence evidence, FinalTask task) {
    int executed = evidence.runsOf(task.id()).starts().size();
    long allowed = task.maxAttempts() + handedBack(evidence.pasts().get(task.id()));
    if (Math.max(task.attempts(), executed) > allowed) {
      return Stream.of(
          new Violation(
              task.id(),
              "%d attempts, %d executions, at most %d allowed"
                  .formatted(task.attempts(), executed, allowed)));
    }
    boolean explained =
        !task.reason().isEmpty() && (task.permanent() || task.attempts() >= task.maxAttempts());
    return !task.state().equals("FAILED") || explained
        ? Stream.empty()
        : Stream.of(
            new Violation(
                task.id(),
                "failed after %d of %d attempts, reason: %s"
                    .formatted(task.attempts(), task.maxAttempts(), task.reason())));
  }

  private static long handedBack(@Nullable TaskHistory past) {
    return past == null ? 0 : past.attempts().stream().filter(Attempt::isHandedBack).count();
  }

  /**
   * An attempt can end between its claim and its start: with its worker, which loses it or hands it
   * back, or with its task, which is cancelled.
   */
  private static Stream<Violation> charged(Evidence evidence, TaskHistory past) {
    var task = evidence.tasks().get(past.task());
    if (task == null || task.state().equals("CANCELLED")) {
      return Stream.empty();
    }
    var started = evidence.runsOf(past.task()).attempts();
    return past.attempts().stream()
        .filter(attempt -> !started.contains(attempt.number()))
        .filter(attempt -> !attempt.state().equals("LOST") && !attempt.isHandedBack())
        .map(attempt ->
            new Violation(
                past.task(),
                "attempt %d is %s, but no handler started it"
                    .formatted(attempt.number(), attempt.state())));
  }
}
