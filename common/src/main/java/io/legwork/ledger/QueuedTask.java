package io.legwork.ledger;

import io.legwork.events.TaskEvent;
import io.legwork.messaging.TaskMessage;
import io.legwork.task.Priority;
import io.legwork.task.TaskId;
import org.jspecify.annotations.Nullable;

/**
 * A task in the state QUEUED whose message is to be put to its queue.
 *
 * @param attempt the number of its latest attempt, which the message names
 */
public record QueuedTask(
    TaskId id,
    String tenant,
    String type,
    String queue,
    Priority priority,
    int attempt,
    @Nullable String traceparent) {

  /** The task of an event that has put it back to its queue. */
  static QueuedTask of(TaskEvent event, Priority priority, @Nullable String traceparent) {
    return new QueuedTask(
        event.task(),
        event.tenant(),
        event.taskType(),
        event.queue(),
        priority,
        event.attempt(),
        traceparent);
  }

  /** What a message tells of it. */
  public TaskMessage reference() {
    return new TaskMessage(id, tenant, type, attempt, traceparent);
  }
}
