package io.legwork.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.legwork.events.EventKind;
import io.legwork.events.TaskEvent;
import io.legwork.ledger.Acceptance.Accepted;
import io.legwork.ledger.Acceptance.Conflicting;
import io.legwork.ledger.Acceptance.Replayed;
import io.legwork.ledger.AttemptOutcome.Failed;
import io.legwork.ledger.AttemptOutcome.Retried;
import io.legwork.ledger.AttemptOutcome.Succeeded;
import io.legwork.task.Json;
import io.legwork.task.KeptJson;
import io.legwork.task.NewTask;
import io.legwork.task.Start;
import io.legwork.task.TaskId;
import io.legwork.task.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is accepted, claimed and recorded, and what is refused. */
class LedgerIT {

  private static final Duration LEASE = Duration.ofSeconds(2);
  private static final String TENANT = NewTask.DEFAULT_TENANT;

  private final TestLedger ledger = new TestLedger();

  @Test
  void keepsWhatWasSubmitted() {
    NewTask task = ledger.aTask();

    Acceptance acceptance = ledger.intake.accept(List.of(new Submission(task, null))).getFirst();

    assertThat(acceptance).isInstanceOf(Accepted.class);
    TaskView view = ledger.queries.find(TENANT, task.id()).orElseThrow();
    assertThat(view.state()).isEqualTo(TaskState.QUEUED);
    assertThat(view.type()).isEqualTo("report.render");
    assertThat(view.tags()).containsExactly("a:1", "b");
    assertThat(view.metadata()).isEqualTo(Json.of("{\"who\": \"me\"}"));
  }

  @Test
  void acceptsAThousandTasksInOneCommit() {
    List<Submission> thousand =
        IntStream.range(0, 1000).mapToObj(i -> new Submission(ledger.aTask(), null)).toList();

    ledger.intake.accept(thousand);

    assertThat(ledger.count("(select distinct xmin from task) t")).isEqualTo(1);
    assertThat(ledger.count("task")).isEqualTo(1000);
  }

  @Test
  void answersARepeatedKeyWithTheFirstTask() {
    NewTask first = ledger.aTask();
    IdempotencyKey key = new IdempotencyKey("k", "same");
    ledger.intake.accept(List.of(new Submission(first, key)));

    List<Acceptance> answers =
        ledger.intake.accept(
            List.of(
                new Submission(ledger.aTask(), key),
                new Submission(ledger.aTask(), new IdempotencyKey("k", "other")),
                new Submission(ledger.aTask(), null)));

    assertThat(answers.get(0)).isEqualTo(new Replayed(first.id()));
    assertThat(answers.get(1)).isEqualTo(new Conflicting(first.id()));
    assertThat(answers.get(2)).isInstanceOf(Accepted.class);
    assertThat(ledger.count("task")).isEqualTo(2);
  }

  @Test
  void answersAKeyRepeatedWithinOneBatchWithTheSameTask() {
    NewTask first = ledger.aTask();
    IdempotencyKey key = new IdempotencyKey("k", "same");

    List<Acceptance> answers =
        ledger.intake.accept(
            List.of(new Submission(first, key), new Submission(ledger.aTask(), key)));

    assertThat(answers.get(0).task()).isEqualTo(answers.get(1).task());
    assertThat(ledger.count("task")).isEqualTo(1);
  }

  @Test
  void acceptsNothingOfABatchThatFails() {
    NewTask task = ledger.aTask();

    assertThatThrownBy(() ->
            ledger.intake.accept(List.of(new Submission(task, null), new Submission(task, null))))
        .isInstanceOfSatisfying(
            LedgerException.class,
            failure -> assertThat(LedgerException.blamesOneRow(failure)).isTrue());

    assertThat(ledger.count("task")).isZero();
    assertThat(ledger.count("task_input")).isZero();
  }

  @Test
  void claimsATaskOnceAndCountsTheAttempt() {
    TaskId task = ledger.accepted(ledger.aTask());
    ClaimRequest request = new ClaimRequest(task, 0);

    List<Claim> claims = ledger.claims.claim(List.of(request, request));
    Claim again = ledger.claims.claim(List.of(request)).getFirst();

    assertThat(claims.get(0)).isInstanceOf(Claim.Claimed.class);
    assertThat(claims.get(1)).isEqualTo(new Claim.Stale(task, TaskState.RUNNING));
    assertThat(again)
        .isInstanceOfSatisfying(
            Claim.Running.class,
            running -> {
              assertThat(running.owner()).isEqualTo(ledger.worker.id());
              assertThat(running.silence()).isLessThan(LEASE);
            });
    assertThat(ledger.queries.find(TENANT, task).orElseThrow().attempts()).isEqualTo(1);
  }

  @Test
  void givesTheClaimWhatTheHandlerNeeds() {
    TaskId task = ledger.accepted(ledger.aTask());

    ClaimedTask claimed = ledger.claimed(task, 0);

    assertThat(claimed.payload()).isEqualTo(KeptJson.plain(Json.of("{\"page\":1}")));
    assertThat(claimed.attempt()).isEqualTo(1);
    assertThat(claimed.attemptOfRun()).isEqualTo(1);
    assertThat(claimed.timeout()).isEqualTo(Duration.ofMinutes(5));
    assertThat(claimed.startedAt()).isAfterOrEqualTo(claimed.readyAt());
  }

  @Test
  void refusesAMessageForATaskNobodyKnows() {
    TaskId stranger = new TaskId(UUID.randomUUID());

    assertThat(ledger.claims.claim(List.of(new ClaimRequest(stranger, 0))))
        .containsExactly(new Claim.Unknown(stranger));
  }

  @Test
  void keepsTheResultAndAnnouncesTheEnd() {
    TaskId task = ledger.accepted(ledger.aTask());
    ledger.claimed(task, 0);

    TaskEvent event = ledger.recorded(new Succeeded(task, 1, KeptJson.plain(Json.of("[1]"))));

    assertThat(event.kind()).isEqualTo(EventKind.SUCCEEDED);
    assertThat(event.number()).isEqualTo(1);
    assertThat(event.callback()).isTrue();
    TaskView view = ledger.queries.find(TENANT, task).orElseThrow();
    assertThat(view.state()).isEqualTo(TaskState.SUCCEEDED);
    assertThat(view.result()).isEqualTo(Json.of("[1]"));
    assertThat(ledger.events.ofTask(TENANT, task)).containsExactly(event);
    assertThat(ledger.count("task")).isZero();
    assertThat(ledger.queries.finished(TENANT, List.of(task))).containsExactly(view);
    assertThat(ledger.queries.finished("another", List.of(task))).isEmpty();
  }

  @Test
  void recordsAnOutcomeOnce() {
    TaskId task = ledger.accepted(ledger.aTask());
    ledger.claimed(task, 0);
    Succeeded outcome = new Succeeded(task, 1, KeptJson.plain(Json.of("1")));
    ledger.recorded(outcome);

    assertThat(ledger.outcomes.record(List.of(outcome)).getFirst().refused()).isTrue();
    assertThat(ledger.count("committed_event")).isEqualTo(1);
  }

  @Test
  void refusesTheOutcomeOfAnEarlierAttempt() {
    TaskId task = ledger.accepted(ledger.aTask());
    ledger.claimed(task, 0);
    ledger.silence(ledger.worker.id());
    ledger.lostAttempts.release(List.of(task), LEASE);
    ledger.claimed(task, 1);

    Recorded late = ledger.outcomes.record(List.of(new Succeeded(task, 1, null))).getFirst();
    Recorded timely = ledger.outcomes.record(List.of(new Succeeded(task, 2, null))).getFirst();

    assertThat(late.refused()).isTrue();
    assertThat(timely.refused()).isFalse();
  }

  @Test
  void retriesFromTheLedgerWhenTheTimeHasCome() {
    TaskId task = ledger.accepted(ledger.aTask());
    ledger.claimed(task, 0);
    ledger.recorded(new Retried(task, 1, "no route", Duration.ofHours(1)));
    assertThat(ledger.dueTasks.promote(10)).isEmpty();
    assertThat(ledger.queries.find(TENANT, task).orElseThrow().state())
        .isEqualTo(TaskState.RETRYING);

    ledger.execute("update task_due set ready_at = now()");
    List<QueuedTask> due = ledger.dueTasks.promote(10);

    assertThat(due)
        .singleElement()
        .satisfies(queued -> {
          assertThat(queued.id()).isEqualTo(task);
          assertThat(queued.attempt()).isEqualTo(1);
        });
    assertThat(ledger.claimed(task, 1).attempt()).isEqualTo(2);
  }

  @Test
  void keepsTheErrorOfEveryFailedAttempt() {
    TaskId task = ledger.accepted(ledger.aTask());
    ledger.claimed(task, 0);
    ledger.recorded(new Retried(task, 1, "first", Duration.ZERO));
    ledger.dueTasks.promote(10);
    ledger.claimed(task, 1);
    ledger.recorded(new Failed(task, 2, "second", true));

    assertThat(ledger.attempts.of(TENANT, task))
        .extracting(AttemptView::reason)
        .containsExactly("first", "second");
    assertThat(ledger.queries.find(TENANT, task).orElseThrow().failure())
        .isEqualTo(new TaskView.Failure("second", true));
    assertThat(ledger.events.ofTask(TENANT, task))
        .extracting(TaskEvent::kind, TaskEvent::number)
        .containsExactly(tuple(EventKind.RETRYING, 1), tuple(EventKind.FAILED, 2));
  }

  @Test
  void holdsAScheduledTaskBack() {
    TaskId task = ledger.accepted(ledger.task(new Start.After(Duration.ofHours(1)), null, 1));

    assertThat(ledger.dueTasks.promote(10)).isEmpty();
    assertThat(ledger.claims.claim(List.of(new ClaimRequest(task, 0))))
        .containsExactly(new Claim.Stale(task, TaskState.SCHEDULED));
  }

  @Test
  void expiresWhatWasNotStartedByItsDeadline() {
    Instant soon = Instant.now().plusMillis(1);
    TaskId task = ledger.accepted(ledger.task(new Start.Immediately(), soon, 1));
    TaskId later = ledger.accepted(ledger.task(new Start.Immediately(), soon.plusSeconds(60), 1));
    ledger.execute("select pg_sleep(0.01)");

    assertThat(ledger.claims.claim(List.of(new ClaimRequest(task, 0))))
        .containsExactly(new Claim.TooLate(task));
    List<TaskEvent> events = ledger.expiredTasks.expire(10);

    assertThat(events).extracting(TaskEvent::task).containsExactly(task);
    assertThat(ledger.queries.find(TENANT, task).orElseThrow().state())
        .isEqualTo(TaskState.EXPIRED);
    assertThat(ledger.claimed(later, 0).attempt()).isEqualTo(1);
  }
}
