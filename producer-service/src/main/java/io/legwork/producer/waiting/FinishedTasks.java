package io.legwork.producer.waiting;

import io.legwork.task.TaskId;
import java.util.Collection;
import java.util.Set;

/** Knows which tasks are over: the ledger. */
@FunctionalInterface
interface FinishedTasks {

  /** Those of the tasks that are over. */
  Set<TaskId> among(Collection<TaskId> tasks);
}
