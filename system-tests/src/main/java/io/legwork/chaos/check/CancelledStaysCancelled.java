package io.legwork.chaos.check;

import java.util.stream.Stream;

/** Invariant 21: a cancelled task never succeeds afterwards. */
final class CancelledStaysCancelled implements Invariant {

  private static final String CANCELLED = "CANCELLED";

  @Override
  public String name() {
    return "cancel";
  }

  @Override
  public String sentence() {
    return "A task that somebody was told is cancelled never ends in another way.";
  }

  @Override
  public Stream<Violation> violations(Evidence evidence) {
    return evidence.cancellations().stream()
        .filter(cancellation -> cancellation.state().equals(CANCELLED))
        .filter(cancellation -> !isCancelled(evidence, cancellation.task()))
        .map(cancellation -> new Violation(cancellation.task(), "cancelled, but did not end so"));
  }

  private static boolean isCancelled(Evidence evidence, String id) {
    var task = evidence.tasks().get(id);
    return task != null && task.state().equals(CANCELLED);
  }
}
