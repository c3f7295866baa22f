package io.legwork.chaos.check;

import io.legwork.chaos.history.Execution;
import java.util.stream.Stream;

/** Invariant 3: nothing comes from nowhere. */
final class NoPhantom implements Invariant {

  @Override
  public String name() {
    return "no phantom";
  }

  @Override
  public String sentence() {
    return "Every task and every execution goes back to a submission, and ran with the "
        + "payload that was sent.";
  }

  @Override
  public Stream<Violation> violations(Evidence evidence) {
    return Stream.concat(
        evidence.tasks().values().stream()
            .filter(task -> !evidence.wasOrdered(task.token()))
            .map(task -> new Violation(task.id(), "nobody submitted it")),
        evidence.runs().values().stream()
            .flatMap(runs -> runs.lines().stream())
            .flatMap(line -> phantom(evidence, line)));
  }

  private static Stream<Violation> phantom(Evidence evidence, Execution line) {
    if (!evidence.wasOrdered(line.token())) {
      return Stream.of(new Violation(line.task(), "executed, but nobody submitted it"));
    }
    if (!evidence.order(line.token()).payload().equals(line.payload())) {
      return Stream.of(new Violation(line.task(), "executed with another payload than was sent"));
    }
    var task = evidence.tasks().get(line.task());
    return task != null && task.token().equals(line.token())
        ? Stream.empty()
        : Stream.of(new Violation(line.task(), "executed, but not in the listing"));
  }
}
