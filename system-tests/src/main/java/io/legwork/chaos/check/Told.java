package io.legwork.chaos.check;

import io.legwork.chaos.history.FinalTask;
import io.legwork.chaos.history.Receipt;
import io.legwork.chaos.history.States;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Invariant 16: whoever asked is told. */
final class Told implements Invariant {

  private static final Set<String> GIVEN_UP = Set.of("EXHAUSTED", "DISABLED");

  @Override
  public String name() {
    return "notification completeness";
  }

  @Override
  public String sentence() {
    return "Every task with a callback was announced there when it was over, or shows that "
        + "its delivery was given up.";
  }

  @Override
  public Stream<Violation> violations(Evidence evidence) {
    var told =
        evidence.receipts().stream()
            .filter(receipt -> receipt.answered() / 100 == 2)
            .filter(receipt -> States.endsTask(receipt.event()))
            .map(Receipt::task)
            .collect(Collectors.toSet());
    return evidence.tasks().values().stream()
        .filter(FinalTask::isTerminal)
        .filter(task -> evidence.wasOrdered(task.token()))
        .filter(task -> evidence.order(task.token()).callback())
        .filter(task -> !told.contains(task.id()) && !wasGivenUp(evidence, task))
        .map(task ->
            new Violation(task.id(), "is " + task.state() + ", but its callback was not told"));
  }

  private static boolean wasGivenUp(Evidence evidence, FinalTask task) {
    var past = evidence.pasts().get(task.id());
    return past != null
        && past.deliveries().stream().anyMatch(delivery -> GIVEN_UP.contains(delivery.state()));
  }
}
