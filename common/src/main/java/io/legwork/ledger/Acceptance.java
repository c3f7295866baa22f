package io.legwork.ledger;

import io.legwork.task.TaskId;
import io.legwork.task.TaskState;
import java.time.Instant;

/** What became of a submission. */
public sealed interface Acceptance {

  /** The task of the key, whether it was accepted now or before. */
  TaskId task();

  /**
   * The task is in the ledger, committed.
   *
   * @param state SCHEDULED, or QUEUED if it is to be dispatched now
   * @param readyAt when it is due
   */
  record Accepted(TaskId task, TaskState state, Instant submittedAt, Instant readyAt)
      implements Acceptance {}

  /** The same submission was accepted before, as this task; nothing was written. */
  record Replayed(TaskId task) implements Acceptance {}

  /** The key was used before for another submission, this task; nothing was written. */
  record Conflicting(TaskId task) implements Acceptance {}
}
