package io.legwork.chaos.check;

import java.util.stream.Stream;

/** Invariant 24: a fault repeats little. */
final class FewDuplicates implements Invariant {

  /** What the faults of a short run may repeat: forty times what a worker usually has in hand. */
  private static final long SHORT_RUN = 800;

  @Override
  public String name() {
    return "bounded duplicates";
  }

  @Override
  public String sentence() {
    return "Of a hundred tasks at most one is executed again although it had not failed; a short run"
        + " may repeat %d.".formatted(SHORT_RUN);
  }

  @Override
  public Stream<Violation> violations(Evidence evidence) {
    var duplicates = evidence.runs().values().stream().mapToLong(Runs::duplicates).sum();
    var bound = Math.max(evidence.tasks().size() / 100, SHORT_RUN);
    return duplicates <= bound
        ? Stream.empty()
        : Stream.of(
            new Violation(
                "all tasks",
                "%d executions too many, at most %d expected".formatted(duplicates, bound)));
  }
}
