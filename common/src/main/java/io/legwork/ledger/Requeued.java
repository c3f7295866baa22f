package io.legwork.ledger;

import io.legwork.events.TaskEvent;
import java.util.List;

/**
 * What a statement has put back to QUEUED or ended.
 *
 * @param queued the tasks that are QUEUED again and whose messages are to be published
 * @param events the committed events, to be announced
 */
public record Requeued(List<QueuedTask> queued, List<TaskEvent> events) {

  /** Takes copies. */
  public Requeued {
    queued = List.copyOf(queued);
    events = List.copyOf(events);
  }
}
