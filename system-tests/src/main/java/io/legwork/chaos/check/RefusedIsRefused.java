package io.legwork.chaos.check;

import io.legwork.chaos.history.Execution;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Invariant 4: a refusal is final. */
final class RefusedIsRefused implements Invariant {

  @Override
  public String name() {
    return "refused is refused";
  }

  @Override
  public String sentence() {
    return "What every caller was refused has no task and was never executed.";
  }

  @Override
  public Stream<Violation> violations(Evidence evidence) {
    var executed =
        evidence.runs().values().stream()
            .flatMap(runs -> runs.lines().stream())
            .map(Execution::token)
            .collect(Collectors.toSet());
    return evidence.fates().stream()
        .filter(Fate::isRefused)
        .filter(
            fate -> !evidence.tasksOf(fate.token()).isEmpty() || executed.contains(fate.token()))
        .map(fate -> new Violation(fate.token(), "refused, but taken all the same"));
  }
}
