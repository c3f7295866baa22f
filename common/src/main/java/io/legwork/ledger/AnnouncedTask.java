package io.legwork.ledger;

import io.legwork.ledger.TaskView.Failure;
import io.legwork.task.KeptJson;
import io.legwork.task.TaskId;
import io.legwork.task.TaskState;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A task as far as those who are told about it learn of it.
 *
 * @param callback where its own callback goes, or null if it asked for none
 * @param state where it stands now, which may be later than the event that is announced
 * @param traceparent the trace it belongs to (W3C Trace Context), or null
 * @param result the result if it is not kept in more bytes than asked for
 */
public record AnnouncedTask(
    TaskId id,
    String tenant,
    @Nullable DeliveryTarget callback,
    List<String> tags,
    @Nullable String traceparent,
    Instant submittedAt,
    @Nullable Instant startedAt,
    TaskState state,
    @Nullable KeptJson result,
    @Nullable Failure failure) {

  /** Takes a copy. */
  public AnnouncedTask {
    tags = List.copyOf(tags);
  }
}
