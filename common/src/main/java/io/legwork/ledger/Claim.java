package io.legwork.ledger;

import io.legwork.task.TaskId;
import io.legwork.task.TaskState;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The ledger's answer to a {@link ClaimRequest}. */
public sealed interface Claim {

  /** The attempt is counted and belongs to the worker that asked. */
  record Claimed(ClaimedTask task) implements Claim {}

  /**
   * The attempt that the message stands for is running already.
   *
   * @param task the task
   * @param attempt the number of the running attempt
   * @param owner the worker that runs it
   * @param silence how long ago the owner's heart beat last, or null if it is not known at all
   */
  record Running(TaskId task, int attempt, UUID owner, @Nullable Duration silence)
      implements Claim {}

  /** The task has moved on: the message is a duplicate, or came too late. */
  record Stale(TaskId task, TaskState state) implements Claim {}

  /** The task was not started by its deadline. */
  record TooLate(TaskId task) implements Claim {}

  /** The ledger has never heard of the task. */
  record Unknown(TaskId task) implements Claim {}
}
