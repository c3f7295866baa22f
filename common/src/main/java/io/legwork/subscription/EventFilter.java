package io.legwork.subscription;

import io.legwork.events.EventKind;
import io.legwork.events.TaskEvent;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * Which events a subscriber is told about: those that every part lets pass. An empty part lets
 * everything pass, except that no states mean those that end a task.
 *
 * @param types task types, with stars as wildcards
 * @param tags the task must have one of them
 */
public record EventFilter(
    Set<EventKind> states, List<String> types, Set<String> queues, Set<String> tags) {

  /** Every end of a task. */
  public static final EventFilter ENDINGS =
      new EventFilter(Set.of(), List.of(), Set.of(), Set.of());

  /** Takes copies. */
  public EventFilter {
    states = Set.copyOf(states);
    types = List.copyOf(types);
    queues = Set.copyOf(queues);
    tags = Set.copyOf(tags);
  }

  /** Whether the event passes, as far as the event alone tells: tags are the task's. */
  public boolean mayPass(TaskEvent event) {
    return (states.isEmpty() ? event.kind().isTerminal() : states.contains(event.kind()))
        && (queues.isEmpty() || queues.contains(event.queue()))
        && (types.isEmpty()
            || types.stream().anyMatch(type -> TypePattern.matches(type, event.taskType())));
  }

  /** Whether a task with these tags passes. */
  public boolean passes(Collection<String> taskTags) {
    return tags.isEmpty() || taskTags.stream().anyMatch(tags::contains);
  }
}
