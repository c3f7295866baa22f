package io.legwork.worker.execution;

import io.legwork.task.Priority;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/**
 * Decides which priority is next where several wait: of ten turns high has six, normal three and
 * low one, evenly mixed, so that none starves. The turns of one that nothing waits in go to the
 * others in the same proportion. Not thread-safe.
 */
final class PriorityTurns {

  private final Map<Priority, Integer> credits = new EnumMap<>(Priority.class);

  /** How many turns a priority has for each one of low. */
  static int weight(Priority priority) {
    return switch (priority) {
      case HIGH -> 6;
      case NORMAL -> 3;
      case LOW -> 1;
    };
  }

  /**
   * Gives the next turn.
   *
   * @param waiting the priorities to choose from; not empty
   */
  Priority next(Set<Priority> waiting) {
    Priority next = waiting.iterator().next();
    int all = 0;
    for (Priority priority : waiting) {
      all += weight(priority);
      credits.merge(priority, weight(priority), Integer::sum);
      if (credit(priority) > credit(next)) {
        next = priority;
      }
    }
    credits.merge(next, -all, Integer::sum);
    return next;
  }

  private int credit(Priority priority) {
    return credits.getOrDefault(priority, 0);
  }
}
