package io.legwork.ledger;

import io.legwork.ledger.TaskView.Failure;
import io.legwork.task.Json;
import io.legwork.task.TaskId;
import io.legwork.task.TaskState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A task that asked to be announced, as far as a webhook tells about it.
 *
 * @param state where it stands now, which may be later than the event that is announced
 * @param resultSize how many bytes the result has, 0 if there is none
 * @param result the result if it is not larger than asked for
 */
public record CallbackTask(
    TaskId id,
    String tenant,
    DeliveryTarget target,
    Instant submittedAt,
    @Nullable Instant startedAt,
    TaskState state,
    int resultSize,
    @Nullable Json result,
    @Nullable Failure failure) {}
