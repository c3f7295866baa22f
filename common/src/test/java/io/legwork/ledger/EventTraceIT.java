package io.legwork.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.legwork.events.TaskEvent;
import io.legwork.task.NewTask;
import io.legwork.task.Start;
import io.legwork.task.TaskId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whatever becomes of a task, its event is announced as part of its trace. */
class EventTraceIT {

  private static final String TENANT = NewTask.DEFAULT_TENANT;
  private static final Duration LEASE = Duration.ofSeconds(10);
  private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

  private final TestLedger ledger = new TestLedger();

  @Test
  void tellsTheTraceOfATaskThatIsCancelledAndStartedAnew() {
    TaskId task = ledger.accepted(traced(null, 1));

    TaskEvent cancelled = ledger.cancellations.cancel(TENANT, task).orElseThrow();
    Requeued redriven = ledger.redrives.redrive(TENANT, List.of(task));

    assertThat(cancelled.traceparent()).isEqualTo(TRACE);
    assertThat(redriven.events()).extracting(TaskEvent::traceparent).containsExactly(TRACE);
    assertThat(redriven.queued()).extracting(QueuedTask::traceparent).containsExactly(TRACE);
  }

  @Test
  void tellsTheTraceOfATaskThatExpired() {
    ledger.accepted(traced(Instant.now().plusMillis(1), 1));
    ledger.execute("select pg_sleep(0.01)");

    assertThat(ledger.expiredTasks.expire(10))
        .extracting(TaskEvent::traceparent)
        .containsExactly(TRACE);
  }

  @Test
  void tellsTheTraceOfTasksWhoseWorkerFellSilent() {
    TaskId last = ledger.accepted(traced(null, 1));
    TaskId other = ledger.accepted(traced(null, 2));
    ledger.claimed(last, 0);
    ledger.claimed(other, 0);
    ledger.silence(ledger.worker.id());

    assertThat(ledger.lostAttempts.release(List.of(last, other), LEASE).events())
        .extracting(TaskEvent::traceparent)
        .containsExactly(TRACE, TRACE);
  }

  @Test
  void readsEventsBackInTheirTraces() {
    TaskId task = ledger.accepted(traced(null, 1));
    TaskId untraced = ledger.accepted(ledger.aTask());
    ledger.cancellations.cancel(TENANT, task);
    ledger.cancellations.cancel(TENANT, untraced);

    List<TaskEvent> left = ledger.events.ofProcess(ledger.worker.id(), 0, 10);

    assertThat(left).extracting(TaskEvent::task).containsExactly(task, untraced);
    assertThat(left).extracting(TaskEvent::traceparent).containsExactly(TRACE, null);
  }

  private NewTask traced(@Nullable Instant deadline, int maxAttempts) {
    NewTask task = ledger.task(new Start.Immediately(), deadline, maxAttempts);
    return new NewTask(
        task.id(),
        task.tenant(),
        task.type(),
        task.queue(),
        task.priority(),
        task.payload(),
        task.start(),
        task.deadline(),
        task.timeout(),
        task.maxAttempts(),
        task.retry(),
        task.tags(),
        task.metadata(),
        task.callback(),
        TRACE);
  }
}
