package io.legwork.chaos.check;

import io.legwork.chaos.history.Read;
import io.legwork.chaos.history.States;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** Invariant 17: an announcement follows the commit. */
final class NoLie implements Invariant {

  @Override
  public String name() {
    return "no lie";
  }

  @Override
  public String sentence() {
    return "Nothing is announced that is not true, or not yet.";
  }

  @Override
  public Stream<Violation> violations(Evidence evidence) {
    return Stream.of(
            evidence.receipts().stream()
                .flatMap(receipt ->
                    untrue(
                        evidence,
                        receipt.task(),
                        States.announcedBy(receipt.event()),
                        receipt.at())),
            evidence.events().stream()
                .filter(event -> States.endsTask(event.kind()))
                .flatMap(event ->
                    untrue(evidence, event.task(), States.announcedBy(event.kind()), event.at())),
            evidence.reads().values().stream().flatMap(List::stream).flatMap(NoLie::early))
        .flatMap(Function.identity());
  }

  private static Stream<Violation> untrue(Evidence evidence, String id, String announced, long at) {
    var task = evidence.tasks().get(id);
    if (task == null || !task.state().equals(announced)) {
      var state = task == null ? "unknown" : task.state();
      return Stream.of(new Violation(id, "announced as %s, but is %s".formatted(announced, state)));
    }
    return task.finishedAt() > at
        ? Stream.of(new Violation(id, "announced before it was over"))
        : Stream.empty();
  }

  /** Who looks when told must see what was told. */
  private static Stream<Violation> early(Read read) {
    return read.announced().isEmpty()
            || read.state().isEmpty()
            || read.announced().equals(read.state())
        ? Stream.empty()
        : Stream.of(
            new Violation(
                read.task(),
                "announced as %s, but read as %s".formatted(read.announced(), read.state())));
  }
}
