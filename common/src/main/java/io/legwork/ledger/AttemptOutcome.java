package io.legwork.ledger;

import io.legwork.task.KeptJson;
import io.legwork.task.TaskId;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How an attempt ended, to be recorded under its fencing token. */
public sealed interface AttemptOutcome {

  /** The task whose attempt it was. */
  TaskId task();

  /** The number of the attempt: the fencing token. */
  int attempt();

  /**
   * The task is done.
   *
   * @param result the result, or null for none
   */
  record Succeeded(TaskId task, int attempt, @Nullable KeptJson result) implements AttemptOutcome {}

  /**
   * The task failed for good.
   *
   * @param permanent whether the error was permanent, rather than the attempts used up
   */
  record Failed(TaskId task, int attempt, String reason, boolean permanent)
      implements AttemptOutcome {}

  /**
   * The attempt failed and another one follows.
   *
   * @param delay how long to wait before it, not negative
   */
  record Retried(TaskId task, int attempt, String reason, Duration delay)
      implements AttemptOutcome {}

  /**
   * The task is to be started again later; the attempt does not count against the limit.
   *
   * @param delay how long to wait, not negative
   */
  record Snoozed(TaskId task, int attempt, Duration delay) implements AttemptOutcome {}
}
