package io.legwork.chaos.check;

import io.legwork.chaos.history.FinalTask;
import io.legwork.chaos.history.States;
import io.legwork.chaos.history.StreamEvent;
import java.util.stream.Stream;

/** Invariant 13: the sums agree. */
final class Conservation implements Invariant {

  @Override
  public String name() {
    return "conservation";
  }

  @Override
  public String sentence() {
    return "What was accepted, what is listed and what was announced as over are the same "
        + "number of tasks.";
  }

  @Override
  public Stream<Violation> violations(Evidence evidence) {
    var accepted =
        evidence.fates().stream()
            .filter(fate -> fate.isAccepted() || !evidence.tasksOf(fate.token()).isEmpty())
            .count();
    var ended = evidence.tasks().values().stream().filter(FinalTask::isTerminal).count();
    var announced =
        evidence.events().stream()
            .filter(event -> States.endsTask(event.kind()))
            .map(StreamEvent::task)
            .distinct()
            .count();
    return accepted == ended && ended == announced
        ? Stream.empty()
        : Stream.of(
            new Violation(
                "all tasks",
                "%d accepted, %d over, %d announced as over"
                    .formatted(accepted, ended, announced)));
  }
}
