package io.legwork.worker.execution;

import io.legwork.ledger.AttemptOutcome;
import org.jspecify.annotations.Nullable;

/**
 * An attempt that has ended and is to be recorded.
 *
 * @param traceparent the trace of its task, or null: the event that announces it is part of it
 */
record Ended(AttemptOutcome outcome, @Nullable String traceparent) {}
