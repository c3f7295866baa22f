package io.legwork.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.legwork.events.EventKind;
import io.legwork.events.TaskEvent;
import io.legwork.ledger.AttemptOutcome.Succeeded;
import io.legwork.task.NewTask;
import io.legwork.task.Priority;
import io.legwork.task.Start;
import io.legwork.task.TaskId;
import io.legwork.task.TaskState;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of the tasks of a worker that falls silent, and of whom that is said. */
class LostAttemptsIT {

  private static final Duration LEASE = Duration.ofSeconds(2);
  private static final String TENANT = NewTask.DEFAULT_TENANT;

  private final TestLedger ledger = new TestLedger();

  @Test
  void leavesARunningTaskToAWorkerWhoseHeartBeats() {
    TaskId task = ledger.accepted(ledger.aTask());
    ledger.claimed(task, 0);

    assertThat(ledger.lostAttempts.find(LEASE, 10)).isEmpty();
    assertThat(ledger.lostAttempts.release(List.of(task), LEASE).queued()).isEmpty();
  }

  @Test
  void queuesTheTaskOfASilentWorkerAgain() {
    TaskId task = ledger.accepted(ledger.aTask());
    ledger.claimed(task, 0);
    ledger.silence(ledger.worker.id());

    assertThat(ledger.lostAttempts.find(LEASE, 10)).containsExactly(task);
    Requeued released = ledger.lostAttempts.release(List.of(task), LEASE);

    assertThat(released.queued()).extracting(QueuedTask::attempt).containsExactly(1);
    assertThat(released.queued().getFirst().priority()).isEqualTo(Priority.NORMAL);
    assertThat(ledger.attempts.of(TENANT, task))
        .singleElement()
        .satisfies(lost -> assertThat(lost.state()).isEqualTo(AttemptView.State.LOST));
  }

  @Test
  void takesNobodyForDeadWhoseJudgeWasCutOffItself() {
    TaskId task = ledger.accepted(ledger.aTask());
    ledger.claimed(task, 0);
    ledger.silence(ledger.worker.id());
    ledger.silence(ledger.judge.id());

    assertThat(ledger.lostAttempts.find(LEASE, 10)).isEmpty();
    assertThat(ledger.lostAttempts.release(List.of(task), LEASE).events()).isEmpty();
  }

  @Test
  void takesNobodyForDeadUntilTheJudgeHasBeatenForALease() {
    TaskId task = ledger.accepted(ledger.aTask());
    ledger.claimed(task, 0);
    ledger.silence(ledger.worker.id());
    ledger.silence(ledger.judge.id());
    var silent = new SilentProcesses(ledger.dataSource, ledger.judge.id());

    ledger.processes.beat(ledger.judge, 0);
    boolean atOnce = !silent.find(LEASE).isEmpty();
    await()
        .pollInterval(Duration.ofMillis(200))
        .until(() -> {
          ledger.processes.beat(ledger.judge, 0);
          return !silent.find(LEASE).isEmpty();
        });

    assertThat(atOnce).isFalse();
    assertThat(ledger.lostAttempts.find(LEASE, 10)).containsExactly(task);
  }

  @Test
  void failsATaskWhoseLastAttemptWasLost() {
    TaskId task = ledger.accepted(ledger.task(new Start.Immediately(), null, 1));
    ledger.claimed(task, 0);
    ledger.silence(ledger.worker.id());

    Requeued released = ledger.lostAttempts.release(List.of(task), LEASE);

    assertThat(released.queued()).isEmpty();
    assertThat(released.events()).extracting(TaskEvent::kind).containsExactly(EventKind.FAILED);
    TaskView view = ledger.queries.find(TENANT, task).orElseThrow();
    assertThat(view.state()).isEqualTo(TaskState.FAILED);
    assertThat(view.failure()).isNotNull();
  }

  @Test
  void answersAHeartbeatWithTheHighestSequence() {
    TaskId task = ledger.accepted(ledger.aTask());
    ledger.claimed(task, 0);
    assertThat(ledger.processes.beat(ledger.worker, 0)).isZero();

    TaskEvent event = ledger.recorded(new Succeeded(task, 1, null));

    assertThat(ledger.processes.beat(ledger.worker, 0)).isEqualTo(event.sequence());
  }
}
