package io.legwork.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.legwork.events.EventKind;
import io.legwork.events.TaskEvent;
import io.legwork.ledger.AttemptOutcome.Failed;
import io.legwork.ledger.AttemptOutcome.Retried;
import io.legwork.ledger.AttemptOutcome.Succeeded;
import io.legwork.task.Json;
import io.legwork.task.KeptJson;
import io.legwork.task.NewTask;
import io.legwork.task.Start;
import io.legwork.task.TaskId;
import io.legwork.task.TaskState;
import io.legwork.task.UuidV7;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is over is dropped with its span after its retention, and nothing else is. */
class TaskSpansIT {

  private static final String TENANT = NewTask.DEFAULT_TENANT;
  private static final Duration RETENTION = Duration.ofDays(30);
  private static final List<String> TABLES =
      List.of("finished_task", "event", "task_attempt", "task_progress", "task_input");

  private final TestLedger ledger = new TestLedger();

  @Test
  void dropsATaskWithAllThatBelongsToIt() {
    TaskId failed = retriedAndFailed();
    ledger.execute(
        """
        insert into task_progress (task_id, at, attempt, percent, tenant, message)
        values ('%s', now(), 1, 50, 'default', 'half')
        """
            .formatted(failed));

    assertThat(in(Duration.ofDays(20)).keep(RETENTION)).isZero();
    assertThat(ledger.queries.find(TENANT, failed)).isPresent();

    assertThat(in(Duration.ofDays(60)).keep(RETENTION)).isPositive();
    assertThat(ledger.queries.find(TENANT, failed)).isEmpty();
    assertThat(TABLES).allSatisfy(table -> assertThat(ledger.count(table)).isZero());
    assertThat(in(Duration.ofDays(60)).keep(RETENTION)).isZero();
  }

  @Test
  void keepsAnOpenTaskHoweverOldItIs() {
    TaskId task = ledger.accepted(ledger.task(new Start.Immediately(), null, 3));
    ledger.claimed(task, 0);
    ledger.recorded(new Retried(task, 1, "busy", Duration.ZERO));

    in(Duration.ofDays(60)).keep(RETENTION);

    ledger.dueTasks.promote(10);
    assertThat(ledger.claimed(task, 1).payload())
        .isEqualTo(KeptJson.plain(Json.of("{\"page\":1}")));
    ledger.recorded(new Succeeded(task, 2, null));
    assertThat(ledger.queries.find(TENANT, task).orElseThrow().state())
        .isEqualTo(TaskState.SUCCEEDED);
    assertThat(ledger.attempts.of(TENANT, task)).hasSize(2);
    assertThat(ledger.events.ofTask(TENANT, task))
        .extracting(TaskEvent::kind)
        .containsExactly(EventKind.RETRYING, EventKind.SUCCEEDED);
  }

  @Test
  void keepsATaskThatEndedLateUntilItsOwnRetentionIsOver() {
    TaskId late = retriedAndFailed();
    TaskId old = retriedAndFailed();
    ledger.execute(
        "update finished_task set finished_at = now() + interval '35 days' where id = '%s'"
            .formatted(late));

    in(Duration.ofDays(60)).keep(RETENTION);
    assertThat(ledger.queries.find(TENANT, old)).isEmpty();
    assertThat(ledger.queries.find(TENANT, late).orElseThrow().tags()).containsExactly("a:1", "b");
    assertThat(ledger.attempts.of(TENANT, late)).hasSize(2);
    assertThat(ledger.events.ofTask(TENANT, late)).hasSize(2);

    in(Duration.ofDays(70)).keep(RETENTION);
    assertThat(ledger.queries.find(TENANT, late)).isEmpty();
    assertThat(TABLES).allSatisfy(table -> assertThat(ledger.count(table)).isZero());
  }

  @Test
  void tellsUpToWhichEventSomeAreGone() {
    TaskEvent last = ledger.events.ofTask(TENANT, retriedAndFailed()).getLast();
    assertThat(ledger.events.range().gone()).isZero();

    in(Duration.ofDays(60)).keep(RETENTION);

    assertThat(ledger.events.range().gone()).isEqualTo(last.sequence());
    assertThat(ledger.events.latest()).isEqualTo(last.sequence());
    assertThat(ledger.events.range().nearest(1)).isEqualTo(last.sequence());
  }

  @Test
  void hasASpanForTasksOfTheNextDays() {
    TaskSpans spans = in(Duration.ofDays(10));
    spans.keep(RETENTION);

    TaskId task = submittedIn(Duration.ofDays(16));

    assertThat(partition("task_input", task)).matches("task_input_[0-9]{8}");
  }

  @Test
  void hasASpanADayIfLittleIsKept() {
    in(Duration.ofDays(10)).keep(Duration.ofDays(2));

    assertThat(partition("task_input", submittedIn(Duration.ofDays(15))))
        .isNotEqualTo(partition("task_input", submittedIn(Duration.ofDays(16))));
  }

  @Test
  void goesOnAfterALongTimeWithoutSpans() {
    TaskId stray = submittedIn(Duration.ofDays(60));
    assertThat(partition("task_input", stray)).isEqualTo("task_input_other");

    in(Duration.ofDays(60)).keep(RETENTION);

    assertThat(ledger.queries.find(TENANT, stray)).isPresent();
    assertThat(partition("task_input", submittedIn(Duration.ofDays(62))))
        .matches("task_input_[0-9]{8}");
  }

  @Test
  void leavesItForLaterIfSomebodyReadsForLong() throws SQLException {
    TaskId task = retriedAndFailed();
    try (Connection reader = ledger.dataSource.getConnection()) {
      reader.setAutoCommit(false);
      reader.createStatement().execute("select * from finished_task");

      assertThatThrownBy(() -> in(Duration.ofDays(60)).keep(RETENTION))
          .isInstanceOf(LedgerException.class)
          .hasMessageContaining("lock timeout");
      assertThat(ledger.queries.find(TENANT, task)).isPresent();
      reader.rollback();
    }

    assertThat(in(Duration.ofDays(60)).keep(RETENTION)).isEqualTo(TABLES.size());
  }

  @Test
  void forgetsIdempotencyKeysAfterTheirRetention() {
    NewTask task = ledger.aTask();
    NewTask again = ledger.aTask();
    IdempotencyKey key = new IdempotencyKey("order-1", "print");
    ledger.intake.accept(List.of(new Submission(task, key)));
    IdempotencyKeys keys = new IdempotencyKeys(ledger.dataSource);

    assertThat(keys.forget(Duration.ofHours(1), 10)).isZero();
    assertThat(ledger.intake.accept(List.of(new Submission(again, key))))
        .containsExactly(new Acceptance.Replayed(task.id()));
    ledger.execute("update idempotency_key set created_at = now() - interval '2 hours'");
    assertThat(keys.forget(Duration.ofHours(1), 10)).isOne();
    assertThat(ledger.intake.accept(List.of(new Submission(again, key))).getFirst())
        .isInstanceOf(Acceptance.Accepted.class);
  }

  private TaskId retriedAndFailed() {
    TaskId task = ledger.accepted(ledger.aTask());
    ledger.claimed(task, 0);
    ledger.recorded(new Retried(task, 1, "busy", Duration.ZERO));
    ledger.dueTasks.promote(10);
    ledger.claimed(task, 1);
    ledger.recorded(new Failed(task, 2, "broken", false));
    return task;
  }

  /** A task whose id says that it was submitted so much later. */
  private TaskId submittedIn(Duration later) {
    InstantSource clock = InstantSource.fixed(Instant.now().plus(later));
    TaskId id = new TaskId(new UuidV7(clock, new Random()).next());
    return ledger.accepted(ledger.task(id, new Start.Immediately(), null, 3));
  }

  private String partition(String table, TaskId task) {
    return ledger.text(
        "select tableoid::regclass::text from %s where id = '%s'".formatted(table, task));
  }

  /** As they are kept by a process whose clock is so much later. */
  private TaskSpans in(Duration later) {
    return new TaskSpans(ledger.dataSource, InstantSource.fixed(Instant.now().plus(later)));
  }
}
