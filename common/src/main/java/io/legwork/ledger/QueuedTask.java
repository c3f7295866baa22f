package io.legwork.ledger;

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
    @Nullable String traceparent) {}
