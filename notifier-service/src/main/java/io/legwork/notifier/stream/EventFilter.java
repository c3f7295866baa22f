package io.legwork.notifier.stream;

import io.legwork.access.Caller;
import io.legwork.access.Scope;
import io.legwork.events.EventKind;
import io.legwork.events.TaskEvent;
import io.legwork.task.TaskId;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which events a stream shows.
 *
 * @param caller who reads it: only what its tenant and its scope leave it is shown
 * @param types the task types, empty for all
 * @param kinds what happened, empty for everything
 * @param task the only task, or null for all
 */
record EventFilter(Caller caller, Set<String> types, Set<EventKind> kinds, @Nullable TaskId task) {

  EventFilter {
    types = Set.copyOf(types);
    kinds = Set.copyOf(kinds);
  }

  /** What two filters have in common that show the same, whoever reads it. */
  record View(
      String tenant, Scope scope, Set<String> types, Set<EventKind> kinds, @Nullable TaskId task) {}

  /** What it shows. */
  View view() {
    return new View(caller.tenant(), caller.scope(), types, kinds, task);
  }

  boolean shows(TaskEvent event) {
    return concerns(event)
        && (types.isEmpty() || types.contains(event.taskType()))
        && (kinds.isEmpty() || kinds.contains(event.kind()));
  }

  /** Whether nothing is left to be shown after the event: the one task is over. */
  boolean endsWith(TaskEvent event) {
    return task != null && concerns(event) && event.kind().isTerminal();
  }

  private boolean concerns(TaskEvent event) {
    return event.tenant().equals(caller.tenant())
        && caller.scope().covers(event.taskType(), event.queue())
        && (task == null || event.task().equals(task));
  }
}
