package io.legwork.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.legwork.ledger.ProgressReport.Stage;
import io.legwork.task.Json;
import io.legwork.task.KeptJson;
import io.legwork.task.NewTask;
import io.legwork.task.TaskId;
import io.legwork.task.TaskState;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What running attempts tell and keep, and that only they can. */
class ProgressIT {

  private static final Duration NO_TIME = Duration.ZERO;

  private final TestLedger ledger = new TestLedger();
  private final TaskProgress progress = new TaskProgress(ledger.dataSource);

  @Test
  void showsTheLatestProgressOfTheAttempt() {
    TaskId task = ledger.accepted(ledger.aTask());
    ledger.claimed(task, 0);

    List<Boolean> written = progress.record(List.of(stage(task, 1, 10), stage(task, 1, 40)));

    assertThat(written).containsExactly(true, true);
    assertThat(view(task).progress())
        .extracting(TaskView.Progress::attempt, TaskView.Progress::stage)
        .containsExactly(1, new Stage(40, "at 40"));
  }

  @Test
  void givesTheNextAttemptTheLastCheckpoint() {
    TaskId task = ledger.accepted(ledger.aTask());
    assertThat(ledger.claimed(task, 0).checkpoint()).isNull();
    progress.record(List.of(checkpoint(task, 1, "1"), stage(task, 1, 5), checkpoint(task, 1, "2")));
    requeued(new AttemptOutcome.Retried(task, 1, "again", NO_TIME));

    assertThat(ledger.claimed(task, 1).checkpoint()).isEqualTo(KeptJson.plain(Json.of("2")));
    assertThat(ledger.claims.resume(task, 2).orElseThrow().checkpoint())
        .isEqualTo(KeptJson.plain(Json.of("2")));
  }

  @Test
  void startsTheNextAttemptWithoutTheProgressOfTheLast() {
    TaskId task = ledger.accepted(ledger.aTask());
    ledger.claimed(task, 0);
    progress.record(List.of(stage(task, 1, 90)));
    requeued(new AttemptOutcome.Retried(task, 1, "again", NO_TIME));
    ledger.claimed(task, 1);

    progress.record(List.of(checkpoint(task, 2, "{}")));

    assertThat(view(task).progress()).isNull();
  }

  @Test
  void refusesWhatAnAttemptWritesThatIsOver() {
    TaskId task = ledger.accepted(ledger.aTask());
    ledger.claimed(task, 0);
    progress.record(List.of(checkpoint(task, 1, "1")));
    requeued(new AttemptOutcome.Retried(task, 1, "again", NO_TIME));

    assertThat(progress.record(List.of(checkpoint(task, 1, "2")))).containsExactly(false);
    ledger.claimed(task, 1);
    assertThat(progress.record(List.of(stage(task, 1, 99), stage(task, 2, 1))))
        .containsExactly(false, true);
    assertThat(ledger.claims.resume(task, 2).orElseThrow().checkpoint())
        .isEqualTo(KeptJson.plain(Json.of("1")));
  }

  @Test
  void refusesTheProgressOfACancelledTask() {
    TaskId task = ledger.accepted(ledger.aTask());
    ledger.claimed(task, 0);
    ledger.cancellations.cancel(NewTask.DEFAULT_TENANT, task);

    assertThat(progress.record(List.of(stage(task, 1, 10)))).containsExactly(false);
  }

  @Test
  void doesNotCountASnoozedAttempt() {
    TaskId task = ledger.accepted(ledger.aTask());

    for (int attempt = 1; attempt <= 5; attempt++) {
      assertThat(ledger.claimed(task, attempt - 1).attemptOfRun()).isEqualTo(1);
      requeued(new AttemptOutcome.Snoozed(task, attempt, NO_TIME));
    }

    assertThat(view(task).state()).isEqualTo(TaskState.QUEUED);
    assertThat(view(task).attempts()).isEqualTo(5);
    assertThat(ledger.attempts.of(NewTask.DEFAULT_TENANT, task))
        .extracting(AttemptView::reason)
        .allSatisfy(reason -> assertThat(reason).contains("does not count"));
  }

  private void requeued(AttemptOutcome outcome) {
    ledger.recorded(outcome);
    assertThat(ledger.dueTasks.promote(10)).hasSize(1);
  }

  private TaskView view(TaskId task) {
    return ledger.queries.find(NewTask.DEFAULT_TENANT, task).orElseThrow();
  }

  private static ProgressReport stage(TaskId task, int attempt, int percent) {
    return ProgressReport.stage(task, attempt, new Stage(percent, "at " + percent));
  }

  private static ProgressReport checkpoint(TaskId task, int attempt, String json) {
    return ProgressReport.checkpoint(task, attempt, KeptJson.plain(Json.of(json)));
  }
}
