package io.legwork.chaos.check;

import io.legwork.chaos.history.Invocation;
import java.util.stream.Stream;

/** Invariant 2: an unknown outcome is one of two. */
final class UnknownIsBinary implements Invariant {

  @Override
  public String name() {
    return "unknown is binary";
  }

  @Override
  public String sentence() {
    return "A submission nobody knows the outcome of has no task or one that is over, and a "
        + "batch is taken whole or not at all.";
  }

  @Override
  public Stream<Violation> violations(Evidence evidence) {
    return Stream.concat(
        evidence.fates().stream()
            .filter(Fate::isUnknown)
            .flatMap(fate -> evidence.tasksOf(fate.token()).stream())
            .filter(task -> !task.isTerminal())
            .map(task -> new Violation(task.id(), "of unknown outcome, and still " + task.state())),
        evidence.invocations().stream()
            .filter(call -> call.kind() == Invocation.Kind.BATCH)
            .flatMap(call -> torn(evidence, call)));
  }

  private static Stream<Violation> torn(Evidence evidence, Invocation batch) {
    var there =
        batch.orders().stream().filter(order -> !evidence.tasksOf(order.token()).isEmpty()).count();
    return there == 0 || there == batch.orders().size()
        ? Stream.empty()
        : Stream.of(
            new Violation(
                batch.orders().getFirst().token(),
                "of a batch of %d tasks only %d are there"
                    .formatted(batch.orders().size(), there)));
  }
}
