package io.legwork.producer.dispatch;

import io.legwork.ledger.DueTasks;
import io.legwork.ledger.QueuedTask;
import io.legwork.process.RepeatedWork;
import java.util.List;

/** Dispatches scheduled and retrying tasks whose time has come. */
final class DueDispatch implements RepeatedWork.Work {

  private static final int BATCH = 500;

  private final DueTasks dueTasks;
  private final Dispatcher dispatcher;

  DueDispatch(DueTasks dueTasks, Dispatcher dispatcher) {
    this.dueTasks = dueTasks;
    this.dispatcher = dispatcher;
  }

  @Override
  public boolean round() {
    if (!dispatcher.hasRoom()) {
      return false;
    }
    List<QueuedTask> due = dueTasks.promote(BATCH);
    dispatcher.dispatch(due);
    return due.size() == BATCH;
  }
}
