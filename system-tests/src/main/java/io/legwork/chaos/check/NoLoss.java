package io.legwork.chaos.check;

import java.util.stream.Stream;

/** Invariant 1: what was accepted comes to its end. */
final class NoLoss implements Invariant {

  @Override
  public String name() {
    return "no loss";
  }

  @Override
  public String sentence() {
    return "Every task that was accepted is there at the end, once, and is over.";
  }

  @Override
  public Stream<Violation> violations(Evidence evidence) {
    return evidence.fates().stream()
        .filter(Fate::isAccepted)
        .flatMap(fate -> fate.ids().stream().flatMap(id -> violation(evidence, fate, id)));
  }

  private static Stream<Violation> violation(Evidence evidence, Fate fate, String id) {
    var task = evidence.tasks().get(id);
    if (task == null) {
      return Stream.of(new Violation(id, "accepted, but not in the listing: " + fate.token()));
    }
    if (!task.isTerminal()) {
      return Stream.of(new Violation(id, "accepted, but still " + task.state()));
    }
    return task.token().equals(fate.token())
        ? Stream.empty()
        : Stream.of(new Violation(id, "given for " + fate.token() + " but is " + task.token()));
  }
}
