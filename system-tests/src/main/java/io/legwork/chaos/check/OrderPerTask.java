package io.legwork.chaos.check;

import io.legwork.chaos.history.StreamEvent;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Invariant 20: what happened first is told first. */
final class OrderPerTask implements Invariant {

  @Override
  public String name() {
    return "order per task";
  }

  @Override
  public String sentence() {
    return "The events of a task come in their order, numbered from 1 without a gap.";
  }

  @Override
  public Stream<Violation> violations(Evidence evidence) {
    return evidence.tasks().values().stream()
        .map(task -> Map.entry(task.id(), numbers(evidence, task.id())))
        .filter(entry -> !isCounted(entry.getValue()))
        .map(entry -> new Violation(entry.getKey(), "its events came as " + entry.getValue()));
  }

  private static List<Integer> numbers(Evidence evidence, String id) {
    return evidence.eventsOf(id).stream().map(StreamEvent::number).toList();
  }

  private static boolean isCounted(List<Integer> numbers) {
    return numbers.equals(IntStream.rangeClosed(1, numbers.size()).boxed().toList());
  }
}
