package io.legwork.ledger;

import io.legwork.task.Json;
import io.legwork.task.Priority;
import io.legwork.task.TaskId;
import io.legwork.task.TaskState;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A task as people ask for it.
 *
 * @param attempts how many attempts have been started, over all runs
 * @param readyAt when it was or will be put to its queue
 * @param metadata the submitter's metadata as a JSON object, or null
 * @param result the result of a task that succeeded with one, else null
 * @param resultError why there is a result that cannot be read, else null
 * @param failure why it ended without success, else null
 * @param progress what its latest attempt told of itself, or null if that is nothing
 */
public record TaskView(
    TaskId id,
    String tenant,
    String type,
    String queue,
    Priority priority,
    TaskState state,
    int attempts,
    int maxAttempts,
    Instant submittedAt,
    Instant readyAt,
    @Nullable Instant startedAt,
    @Nullable Instant finishedAt,
    @Nullable Instant deadline,
    List<String> tags,
    @Nullable Json metadata,
    @Nullable Json result,
    @Nullable String resultError,
    @Nullable Failure failure,
    @Nullable Progress progress) {

  /**
   * How far an attempt has come.
   *
   * @param attempt the attempt that told so
   * @param at when
   */
  public record Progress(int attempt, ProgressReport.Stage stage, Instant at) {}

  /**
   * Why a task ended without success.
   *
   * @param permanent whether trying again would have been pointless
   */
  public record Failure(String reason, boolean permanent) {}
}
