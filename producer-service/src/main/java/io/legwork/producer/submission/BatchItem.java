package io.legwork.producer.submission;

import io.legwork.problems.Problem;
import io.legwork.task.TaskId;

/** What became of one task of a batch. */
sealed interface BatchItem {

  /**
   * It is accepted.
   *
   * @param replayed whether it was accepted before, with the same idempotency key
   */
  record Taken(TaskId task, boolean replayed) implements BatchItem {}

  /** It is refused; nothing of it was stored. */
  record Refused(Problem problem) implements BatchItem {}
}
