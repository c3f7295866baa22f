package io.legwork.ledger;

import io.legwork.task.NewTask;
import org.jspecify.annotations.Nullable;

/**
 * A task to be accepted.
 *
 * @param key the idempotency key it was sent with, or null
 */
public record Submission(NewTask task, @Nullable IdempotencyKey key) {}
