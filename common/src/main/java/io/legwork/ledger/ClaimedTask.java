package io.legwork.ledger;

import io.legwork.task.KeptJson;
import io.legwork.task.Priority;
import io.legwork.task.RetryPolicy;
import io.legwork.task.TaskId;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A task as a worker gets it.
 *
 * @param attempt the number of this attempt over all runs: the fencing token
 * @param attemptOfRun the number of this attempt in this run, from 1
 * @param maxAttempts how many attempts a run has
 * @param readyAt when it was put to its queue
 * @param startedAt when this attempt was claimed
 * @param checkpoint what an earlier attempt kept for this one, or null
 */
public record ClaimedTask(
    TaskId id,
    String tenant,
    String type,
    String queue,
    Priority priority,
    int attempt,
    int attemptOfRun,
    int maxAttempts,
    Duration timeout,
    RetryPolicy retry,
    KeptJson payload,
    @Nullable String traceparent,
    Instant readyAt,
    Instant startedAt,
    @Nullable KeptJson checkpoint) {}
