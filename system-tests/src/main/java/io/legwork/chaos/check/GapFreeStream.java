package io.legwork.chaos.check;

import io.legwork.chaos.history.FinalTask;
import io.legwork.chaos.history.States;
import io.legwork.chaos.history.StreamEvent;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Invariant 19: a reader that comes back has missed nothing. */
final class GapFreeStream implements Invariant {

  @Override
  public String name() {
    return "gap-free stream";
  }

  @Override
  public String sentence() {
    return "Over all its connections a reader of the event stream gets the end of every "
        + "task, once, with ids that increase.";
  }

  @Override
  public Stream<Violation> violations(Evidence evidence) {
    return Stream.concat(decreasing(evidence.events()), missed(evidence));
  }

  private static Stream<Violation> decreasing(List<StreamEvent> events) {
    return IntStream.range(1, events.size())
        .filter(i -> events.get(i).sequence() <= events.get(i - 1).sequence())
        .mapToObj(i ->
            new Violation(
                events.get(i).task(),
                "event %d came after %d"
                    .formatted(events.get(i).sequence(), events.get(i - 1).sequence())));
  }

  private static Stream<Violation> missed(Evidence evidence) {
    return evidence.tasks().values().stream()
        .filter(FinalTask::isTerminal)
        .filter(task -> ends(evidence, task) != 1)
        .map(task ->
            new Violation(
                task.id(),
                "is %s; the stream said %d times that it is over"
                    .formatted(task.state(), ends(evidence, task))));
  }

  private static long ends(Evidence evidence, FinalTask task) {
    return evidence.eventsOf(task.id()).stream()
        .filter(event -> States.endsTask(event.kind()))
        .count();
  }
}
