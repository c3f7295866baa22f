package io.legwork.producer.operation;

import io.legwork.access.Caller;
import io.legwork.events.EventAnnouncer;
import io.legwork.events.TaskEvent;
import io.legwork.ledger.Cancellations;
import io.legwork.ledger.LedgerException;
import io.legwork.ledger.QueuedTask;
import io.legwork.ledger.Redrives;
import io.legwork.ledger.Requeued;
import io.legwork.ledger.TaskFilter;
import io.legwork.ledger.TaskQueries;
import io.legwork.ledger.TaskView;
import io.legwork.problems.ProblemException;
import io.legwork.problems.ProblemType;
import io.legwork.task.TaskId;
import io.legwork.task.TaskState;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Cancels tasks and starts them anew. To repeat any of it is harmless. Thread-safe. */
final class Operations {

  private final Cancellations cancellations;
  private final Redrives redrives;
  private final TaskQueries tasks;
  private final EventAnnouncer announcer;
  private final Consumer<QueuedTask> dispatch;

  /**
   * @param dispatch publishes the message of a task that is QUEUED again
   */
  Operations(
      Cancellations cancellations,
      Redrives redrives,
      TaskQueries tasks,
      EventAnnouncer announcer,
      Consumer<QueuedTask> dispatch) {
    this.cancellations = cancellations;
    this.redrives = redrives;
    this.tasks = tasks;
    this.announcer = announcer;
    this.dispatch = dispatch;
  }

  /**
   * Cancels a task; one that is cancelled already stays so.
   *
   * @return the task as it is now
   * @throws ProblemException if there is no such task, or it has come to another end
   * @throws LedgerException if it is unknown whether it was cancelled
   */
  TaskView cancel(Caller caller, TaskId task) {
    requireWithinScope(caller, task);
    String tenant = caller.tenant();
    Optional<TaskEvent> cancelled =
        announcer.announcing(
            () -> cancellations.cancel(tenant, task), event -> event.stream().toList());
    TaskView view = require(caller, task);
    if (cancelled.isEmpty() && view.state() != TaskState.CANCELLED) {
      throw conflict("cancelled", view);
    }
    return view;
  }

  /**
   * Starts a task anew.
   *
   * @return the task as it is now
   * @throws ProblemException if there is no such task, or it has not ended without success
   * @throws LedgerException if it is unknown whether it was started anew
   */
  TaskView redrive(Caller caller, TaskId task) {
    requireWithinScope(caller, task);
    boolean redriven = redrive(caller.tenant(), List.of(task)) == 1;
    TaskView view = require(caller, task);
    if (!redriven) {
      throw conflict("redriven", view);
    }
    return view;
  }

  /**
   * Starts the newest tasks anew that match a filter.
   *
   * @param limit how many at most
   * @throws LedgerException if it is unknown whether they were started anew
   */
  Redriven redrive(TaskFilter filter, int limit) {
    List<TaskId> matching = tasks.list(filter, limit).stream().map(TaskView::id).toList();
    int redriven = matching.isEmpty() ? 0 : redrive(filter.tenant(), matching);
    return new Redriven(redriven, matching.size() == limit);
  }

  private int redrive(String tenant, List<TaskId> ids) {
    Requeued requeued = announcer.announcing(() -> redrives.redrive(tenant, ids), Requeued::events);
    requeued.queued().forEach(dispatch);
    return requeued.queued().size();
  }

  /** What is done is guarded by the tenant alone; type and queue of a task never change. */
  private void requireWithinScope(Caller caller, TaskId task) {
    if (caller.scope().isLimited()) {
      var _ = require(caller, task);
    }
  }

  private TaskView require(Caller caller, TaskId task) {
    return tasks
        .find(caller.tenant(), task)
        .filter(found -> caller.scope().covers(found.type(), found.queue()))
        .orElseThrow(
            () -> new ProblemException(ProblemType.TASK_NOT_FOUND, "there is no task of this id"));
  }

  private static ProblemException conflict(String done, TaskView task) {
    return new ProblemException(
        ProblemType.TASK_STATE_CONFLICT,
        "the task is %s and cannot be %s".formatted(task.state(), done));
  }
}
