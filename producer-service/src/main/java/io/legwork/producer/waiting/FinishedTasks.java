package io.legwork.producer.waiting;

import io.legwork.ledger.TaskView;
import io.legwork.task.TaskId;
import java.util.Collection;
import java.util.List;

/** Knows which tasks are over: the ledger. */
@FunctionalInterface
interface FinishedTasks {

  /** Those of a tenant's tasks that are over. */
  List<TaskView> among(String tenant, Collection<TaskId> tasks);
}
