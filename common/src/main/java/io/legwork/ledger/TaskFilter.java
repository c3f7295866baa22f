package io.legwork.ledger;

import io.legwork.access.Scope;
import io.legwork.task.TaskId;
import io.legwork.task.TaskState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which tasks of a tenant to list; what is null does not restrict.
 *
 * @param submittedAfter only tasks submitted at or after this time
 * @param before only tasks older than this one: the last one of the page before
 * @param scope only tasks within it
 */
public record TaskFilter(
    String tenant,
    @Nullable TaskState state,
    @Nullable String type,
    @Nullable String queue,
    @Nullable String tag,
    @Nullable Instant submittedAfter,
    @Nullable TaskId before,
    Scope scope) {}
