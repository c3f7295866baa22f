package io.legwork.chaos.check;

import java.util.stream.Stream;

/** Invariant 11: an attempt that was overtaken changes nothing. */
final class LeaseFence implements Invariant {

  @Override
  public String name() {
    return "lease fence";
  }

  @Override
  public String sentence() {
    return "An attempt is executed at most once, and the outcome that counts is that of the "
        + "last attempt.";
  }

  @Override
  public Stream<Violation> violations(Evidence evidence) {
    return Stream.concat(
        evidence.runs().entrySet().stream()
            .filter(entry -> isShared(entry.getValue()))
            .map(entry -> new Violation(entry.getKey(), "one attempt was executed more than once")),
        evidence.tasks().values().stream()
            .filter(task -> task.resultAttempt() != 0)
            .filter(task -> task.resultAttempt() != task.attempts())
            .map(task ->
                new Violation(
                    task.id(),
                    "has %d attempts, but the result of attempt %d"
                        .formatted(task.attempts(), task.resultAttempt()))));
  }

  private static boolean isShared(Runs runs) {
    return runs.starts().size() != runs.attempts().size();
  }
}
