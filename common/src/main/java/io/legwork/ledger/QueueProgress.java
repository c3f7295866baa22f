package io.legwork.ledger;

import io.legwork.task.Priority;
import java.time.Instant;

/**
 * How far a queue has been started.
 *
 * @param startedThrough the latest time at which a task that has been started was put to the queue
 */
public record QueueProgress(String queue, Priority priority, Instant startedThrough) {}
