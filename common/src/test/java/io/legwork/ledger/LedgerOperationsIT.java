package io.legwork.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.legwork.events.EventKind;
import io.legwork.events.TaskEvent;
import io.legwork.ledger.AttemptOutcome.Failed;
import io.legwork.ledger.AttemptOutcome.Retried;
import io.legwork.ledger.AttemptOutcome.Succeeded;
import io.legwork.task.NewTask;
import io.legwork.task.Start;
import io.legwork.task.TaskId;
import io.legwork.task.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What others than the worker do to tasks: cancel, redrive, take back. */
class LedgerOperationsIT {

  private static final Duration LEASE = Duration.ofSeconds(2);
  private static final String TENANT = NewTask.DEFAULT_TENANT;

  private final TestLedger ledger = new TestLedger();

  @Test
  void cancelsATaskThatWaits() {
    TaskId task = ledger.accepted(ledger.aTask());

    TaskEvent event = ledger.cancellations.cancel(TENANT, task).orElseThrow();

    assertThat(event.kind()).isEqualTo(EventKind.CANCELLED);
    assertThat(state(task)).isEqualTo(TaskState.CANCELLED);
    assertThat(ledger.claims.claim(List.of(new ClaimRequest(task, 0))))
        .containsExactly(new Claim.Stale(task, TaskState.CANCELLED));
    assertThat(ledger.attempts.of(TENANT, task)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void cancelsATaskThatIsNotDue(boolean retrying) {
    Start start = retrying ? new Start.Immediately() : new Start.After(Duration.ofHours(1));
    TaskId task = ledger.accepted(ledger.task(start, null, 3));
    if (retrying) {
      ledger.claimed(task, 0);
      ledger.recorded(new Retried(task, 1, "busy", Duration.ofHours(1)));
    }

    assertThat(ledger.cancellations.cancel(TENANT, task)).isPresent();

    assertThat(state(task)).isEqualTo(TaskState.CANCELLED);
    assertThat(ledger.count("task_due")).isZero();
  }

  @Test
  void refusesTheOutcomeOfACancelledAttemptAndTellsItsWorker() {
    TaskId task = ledger.accepted(ledger.aTask());
    ledger.claimed(task, 0);

    assertThat(ledger.cancellations.cancel(TENANT, task)).isPresent();

    assertThat(ledger.reports.report(List.of(), List.of()))
        .containsExactly(new RunningAttempt(task, 1));
    assertThat(ledger.reports.report(List.of(), List.of())).isEmpty();
    assertThat(ledger.outcomes.record(List.of(new Succeeded(task, 1, null))).getFirst().refused())
        .isTrue();
    assertThat(state(task)).isEqualTo(TaskState.CANCELLED);
    assertThat(ledger.attempts.of(TENANT, task)).hasSize(1);
  }

  @Test
  void doesNotCancelWhatIsOverOrBelongsToAnother() {
    TaskId done = ledger.accepted(ledger.aTask());
    ledger.claimed(done, 0);
    ledger.recorded(new Succeeded(done, 1, null));
    TaskId open = ledger.accepted(ledger.aTask());

    assertThat(ledger.cancellations.cancel(TENANT, done)).isEmpty();
    assertThat(ledger.cancellations.cancel("other", open)).isEmpty();
    assertThat(state(done)).isEqualTo(TaskState.SUCCEEDED);
    assertThat(state(open)).isEqualTo(TaskState.QUEUED);
  }

  @Test
  void startsAFailedTaskAnewWithAllItsAttempts() {
    TaskId task = failed(ledger.aTask());

    Requeued redriven = ledger.redrives.redrive(TENANT, List.of(task));

    assertThat(redriven.queued()).extracting(QueuedTask::attempt).containsExactly(1);
    assertThat(redriven.events()).extracting(TaskEvent::kind).containsExactly(EventKind.REDRIVEN);
    ClaimedTask claimed = ledger.claimed(task, 1);
    assertThat(claimed.attempt()).isEqualTo(2);
    assertThat(claimed.attemptOfRun()).isEqualTo(1);
    ledger.recorded(new Succeeded(task, 2, null));
    assertThat(ledger.events.ofTask(TENANT, task))
        .extracting(TaskEvent::kind, TaskEvent::number)
        .containsExactly(
            tuple(EventKind.FAILED, 1),
            tuple(EventKind.REDRIVEN, 2),
            tuple(EventKind.SUCCEEDED, 3));
    assertThat(ledger.attempts.of(TENANT, task))
        .extracting(AttemptView::number)
        .containsExactly(1, 2);
  }

  @Test
  void dropsTheDeadlineOfAnExpiredTaskThatIsStartedAnew() {
    Instant past = Instant.now().plusMillis(1);
    TaskId task = ledger.accepted(ledger.task(new Start.Immediately(), past, 1));
    ledger.execute("select pg_sleep(0.01)");
    ledger.expiredTasks.expire(10);

    ledger.redrives.redrive(TENANT, List.of(task));

    assertThat(ledger.expiredTasks.expire(10)).isEmpty();
    assertThat(ledger.claimed(task, 0).attempt()).isEqualTo(1);
  }

  @Test
  void startsNothingAnewThatSucceededOrIsOpenOrBelongsToAnother() {
    TaskId done = ledger.accepted(ledger.aTask());
    ledger.claimed(done, 0);
    ledger.recorded(new Succeeded(done, 1, null));
    TaskId open = ledger.accepted(ledger.aTask());
    TaskId failed = failed(ledger.aTask());

    assertThat(ledger.redrives.redrive(TENANT, List.of(done, open)).queued()).isEmpty();
    assertThat(ledger.redrives.redrive("other", List.of(failed)).queued()).isEmpty();
    assertThat(state(failed)).isEqualTo(TaskState.FAILED);
  }

  @Test
  void handsATaskBackWithoutChargingTheAttempt() {
    TaskId task = ledger.accepted(ledger.task(new Start.Immediately(), null, 1));
    ledger.claimed(task, 0);

    List<QueuedTask> queued = ledger.handBacks.handBack(List.of(new RunningAttempt(task, 1)));

    assertThat(queued).extracting(QueuedTask::attempt).containsExactly(1);
    assertThat(ledger.outcomes.record(List.of(new Succeeded(task, 1, null))).getFirst().refused())
        .isTrue();
    ClaimedTask again = ledger.claimed(task, 1);
    assertThat(again.attempt()).isEqualTo(2);
    assertThat(again.attemptOfRun()).isEqualTo(1);
    assertThat(ledger.attempts.of(TENANT, task))
        .first()
        .satisfies(attempt -> {
          assertThat(attempt.number()).isEqualTo(1);
          assertThat(attempt.reason()).contains("Handed back");
        });
  }

  @Test
  void handsBackOnlyWhatTheWorkerStillRuns() {
    TaskId task = ledger.accepted(ledger.aTask());
    ledger.claimed(task, 0);
    ledger.recorded(new Succeeded(task, 1, null));

    assertThat(ledger.handBacks.handBack(List.of(new RunningAttempt(task, 1)))).isEmpty();
    assertThat(state(task)).isEqualTo(TaskState.SUCCEEDED);
  }

  @Test
  void tellsAWorkerThatWasOnlyCutOffWhatItHasLost() {
    TaskId task = ledger.accepted(ledger.aTask());
    ledger.claimed(task, 0);
    ledger.silence(ledger.worker.id());

    ledger.lostAttempts.release(List.of(task), LEASE);

    assertThat(ledger.reports.report(List.of(), List.of()))
        .containsExactly(new RunningAttempt(task, 1));
  }

  @Test
  void keepsWhatASilentWorkerIsToBeToldForAWhile() {
    var silent = new SilentProcesses(ledger.dataSource, ledger.judge.id());
    TaskId task = ledger.accepted(ledger.aTask());
    ledger.claimed(task, 0);
    ledger.silence(ledger.worker.id());
    ledger.lostAttempts.release(List.of(task), LEASE);
    silent.settle(ledger.worker.id(), LEASE);

    silent.forget(Duration.ofHours(1));
    assertThat(ledger.count("revocation")).isEqualTo(1);
    silent.forget(Duration.ofSeconds(10));
    assertThat(ledger.count("revocation")).isZero();
  }

  private TaskId failed(NewTask task) {
    TaskId id = ledger.accepted(task);
    ledger.claimed(id, 0);
    ledger.recorded(new Failed(id, 1, "broken", true));
    return id;
  }

  private TaskState state(TaskId task) {
    return ledger.queries.find(TENANT, task).orElseThrow().state();
  }
}
