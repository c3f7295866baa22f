package io.legwork.chaos.check;

import io.legwork.chaos.history.Invocation;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Invariant 5: a key names one task. */
final class OneTaskPerKey implements Invariant {

  @Override
  public String name() {
    return "idempotency";
  }

  @Override
  public String sentence() {
    return "One idempotency key leads to one task, however often and whenever it is sent.";
  }

  @Override
  public Stream<Violation> violations(Evidence evidence) {
    return Stream.concat(
        evidence.fates().stream().flatMap(fate -> several(evidence, fate)),
        evidence.fates().stream().flatMap(OneTaskPerKey::conflicting));
  }

  private static Stream<Violation> several(Evidence evidence, Fate fate) {
    Set<String> ids = new TreeSet<>(fate.ids());
    evidence.tasksOf(fate.token()).forEach(task -> ids.add(task.id()));
    return ids.size() < 2
        ? Stream.empty()
        : Stream.of(new Violation(fate.token(), "one submission, several tasks: " + ids));
  }

  private static Stream<Violation> conflicting(Fate fate) {
    return fate.calls().stream()
        .filter(call -> call.invocation().kind() == Invocation.Kind.CONFLICT)
        .filter(call -> !call.id().isEmpty())
        .map(call -> new Violation(fate.token(), "accepted with the key of another task"));
  }
}
