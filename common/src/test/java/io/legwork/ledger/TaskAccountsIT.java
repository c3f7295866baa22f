package io.legwork.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.legwork.ledger.AttemptOutcome.Failed;
import io.legwork.ledger.AttemptOutcome.Retried;
import io.legwork.ledger.AttemptOutcome.Succeeded;
import io.legwork.ledger.TaskAccounts.Pace;
import io.legwork.ledger.TaskAccounts.Step;
import io.legwork.ledger.TaskAccounts.Unaccounted;
import io.legwork.task.NewTask;
import io.legwork.task.Start;
import io.legwork.task.TaskId;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

/**
 * What was accepted is open or finished, and whoever takes a task away behind our back is found
 * out.
 */
class TaskAccountsIT {

  private static final String TENANT = NewTask.DEFAULT_TENANT;

  /** Small slices, so that every round has several. */
  private static final Pace PACE = new Pace(3, Duration.ZERO, 0, Duration.ZERO);

  private final TestLedger ledger = new TestLedger();
  private final TaskAccounts accounts = new TaskAccounts(ledger.dataSource, PACE);

  @Test
  void accountsForTasksOfEveryState() {
    ledger.accepted(ledger.aTask());
    ledger.accepted(ledger.task(new Start.After(Duration.ofHours(1)), null, 3));
    succeeded();
    failed();
    TaskId retried = ledger.accepted(ledger.aTask());
    ledger.claimed(retried, 0);
    ledger.recorded(new Retried(retried, 1, "busy", Duration.ofHours(1)));
    ledger.cancellations.cancel(TENANT, ledger.accepted(ledger.aTask()));
    ledger.accepted(ledger.task(new Start.Immediately(), Instant.now().minusSeconds(1), 3));
    ledger.expiredTasks.expire(10);
    ledger.redrives.redrive(TENANT, List.of(failed()));
    ledger.claimed(ledger.accepted(ledger.aTask()), 0);
    ledger.accepted(ofTenant("acme"));
    finish(ofTenant("zenith"));

    assertThat(round()).isEmpty();
    assertThat(accounts.summary())
        .satisfies(last -> assertThat(last.accepted()).isEqualTo(11))
        .satisfies(last -> assertThat(last.open()).isEqualTo(6))
        .satisfies(last -> assertThat(last.finished()).isEqualTo(5))
        .satisfies(last -> assertThat(last.unaccounted()).isZero());
  }

  @Test
  void findsAnOpenTaskThatIsGoneAndForgetsItWhenItIsBack() {
    TaskId lost = ledger.accepted(ledger.aTask());
    succeeded();
    ledger.execute("create table taken as select * from task where id = '%s'".formatted(lost));
    ledger.execute("delete from task where id = '%s'".formatted(lost));

    assertThat(round()).containsExactly(new Unaccounted(lost, true, 0, 0));
    assertThat(round()).as("reported once").isEmpty();
    assertThat(accounts.summary().unaccounted()).isOne();

    ledger.execute("insert into task select * from taken");
    round();
    assertThat(accounts.summary().unaccounted()).isZero();
  }

  @Test
  void findsAFinishedTaskThatIsGone() {
    succeeded();
    TaskId lost = failed();
    succeeded();
    ledger.execute("delete from finished_task where id = '%s'".formatted(lost));

    assertThat(round()).containsExactly(new Unaccounted(lost, true, 0, 0));
  }

  @Test
  void findsATaskThatIsOpenAndFinished() {
    TaskId twice = ledger.accepted(ledger.aTask());
    ledger.execute("create table taken as select * from task where id = '%s'".formatted(twice));
    ledger.claimed(twice, 0);
    ledger.recorded(new Succeeded(twice, 1, null));
    ledger.execute("insert into task select * from taken");

    assertThat(round()).containsExactly(new Unaccounted(twice, true, 1, 1));
  }

  @Test
  void findsATaskThatWasNeverAccepted() {
    TaskId open = ledger.accepted(ledger.aTask());
    TaskId finished = succeeded();
    ledger.execute("delete from task_input");

    assertThat(round())
        .containsExactlyInAnyOrder(
            new Unaccounted(open, false, 1, 0), new Unaccounted(finished, false, 0, 1));
  }

  @Test
  void looksOnceMoreBeforeItBelieves() {
    TaskAccounts patient =
        new TaskAccounts(ledger.dataSource, new Pace(10, Duration.ofMinutes(1), 0, Duration.ZERO));
    TaskId moving = ledger.accepted(ledger.aTask());
    ledger.execute("create table taken as select * from task");
    ledger.execute("delete from task");
    assertThat(patient.step().confirmed()).isZero();
    assertThat(patient.summary().unaccounted()).isZero();
    assertThat(ledger.count("unaccounted_task")).isOne();

    ledger.execute("insert into task select * from taken");
    ledger.execute("update unaccounted_task set found_at = now() - interval '2 minutes'");
    assertThat(patient.step().confirmed()).isZero();
    assertThat(ledger.count("unaccounted_task")).isZero();

    ledger.execute("delete from task");
    patient.step();
    ledger.execute("update unaccounted_task set found_at = now() - interval '2 minutes'");
    assertThat(patient.step().first()).containsExactly(new Unaccounted(moving, true, 0, 0));
  }

  @Test
  void isNotFooledByTasksThatMove() throws Exception {
    int tasks = 50;
    List<Unaccounted> found = new ArrayList<>();
    int steps = 0;
    try (ExecutorService movers = Executors.newFixedThreadPool(3)) {
      List<Future<?>> moving =
          List.of(
              movers.submit(() -> live(tasks)),
              movers.submit(() -> live(tasks)),
              movers.submit(() -> live(tasks)));
      while (!moving.stream().allMatch(Future::isDone)) {
        found.addAll(accounts.step().first());
        steps++;
      }
      for (Future<?> done : moving) {
        done.get();
      }
    }
    found.addAll(round());

    assertThat(found).isEmpty();
    assertThat(steps).as("steps while the tasks moved").isGreaterThan(10);
    assertThat(round()).isEmpty();
    assertThat(accounts.summary().accepted()).isEqualTo(3L * tasks);
  }

  @Test
  void isNotFooledByRetentionThatIsUnderWay() throws SQLException {
    for (int i = 0; i < 5; i++) {
      succeeded();
    }
    TaskId open = ledger.accepted(ledger.aTask());
    TaskId late = failed();
    ledger.execute(
        "update finished_task set finished_at = now() + interval '35 days' where id = '%s'"
            .formatted(late));
    try (Connection reader = ledger.dataSource.getConnection()) {
      reader.setAutoCommit(false);
      reader.createStatement().execute("select * from task_input");
      assertThatThrownBy(() -> retainIn(Duration.ofDays(60))).isInstanceOf(LedgerException.class);
      reader.rollback();
    }
    assertThat(ledger.count("finished_task")).isOne();
    assertThat(ledger.count("task_input")).isEqualTo(7);

    assertThat(round()).isEmpty();
    retainIn(Duration.ofDays(60));
    assertThat(round()).isEmpty();
    assertThat(accounts.summary().accepted()).isEqualTo(2);

    ledger.execute("delete from task where id = '%s'".formatted(open));
    assertThat(round()).containsExactly(new Unaccounted(open, true, 0, 0));
    retainIn(Duration.ofDays(70));
    assertThat(ledger.count("finished_task")).isZero();
    assertThat(round()).isEmpty();
    assertThat(accounts.summary().unaccounted()).as("the lost one is still known").isOne();
  }

  @Test
  void takesTurnsAndGoesOnWhereAnotherProcessStopped() throws SQLException {
    for (int i = 0; i < 7; i++) {
      succeeded();
    }
    assertThat(accounts.step())
        .extracting(Step::made, Step::completed)
        .containsExactly(true, false);
    TaskAccounts other = new TaskAccounts(ledger.dataSource, PACE);
    try (Connection holder = ledger.dataSource.getConnection()) {
      holder.setAutoCommit(false);
      holder.createStatement().execute("select * from accounting for update");
      assertThat(other.step().made()).isFalse();
      holder.rollback();
    }

    assertThat(other.step().completed()).isFalse();
    assertThat(other.step().completed()).isTrue();
    assertThat(other.summary().accepted()).isEqualTo(7);
  }

  @Test
  void restsBetweenStepsAndRounds() {
    TaskAccounts resting =
        new TaskAccounts(ledger.dataSource, new Pace(3, Duration.ZERO, 0, Duration.ofHours(1)));

    assertThat(resting.step().completed()).isTrue();
    assertThat(resting.step().made()).isFalse();

    ledger.execute("update accounting set next_at = now()");
    assertThat(resting.step().made()).isTrue();
  }

  /** Runs steps until a whole round has been made. */
  private List<Unaccounted> round() {
    List<Unaccounted> found = new ArrayList<>();
    for (int completed = 0; completed < 2; ) {
      Step step = accounts.step();
      found.addAll(step.first());
      completed += step.completed() ? 1 : 0;
    }
    return found;
  }

  /** Takes tasks through their lives, each another one. */
  private void live(int tasks) {
    for (int i = 0; i < tasks; i++) {
      TaskId task = ledger.accepted(ledger.aTask());
      if (ThreadLocalRandom.current().nextInt(4) == 0) {
        ledger.cancellations.cancel(TENANT, task);
        ledger.redrives.redrive(TENANT, List.of(task));
      }
      ledger.claimed(task, 0);
      ledger.recorded(new Succeeded(task, 1, null));
    }
  }

  private TaskId succeeded() {
    return finish(ledger.aTask());
  }

  private TaskId finish(NewTask task) {
    TaskId id = ledger.accepted(task);
    ledger.claimed(id, 0);
    ledger.recorded(new Succeeded(id, 1, null));
    return id;
  }

  private TaskId failed() {
    TaskId task = ledger.accepted(ledger.aTask());
    ledger.claimed(task, 0);
    ledger.recorded(new Failed(task, 1, "broken", true));
    return task;
  }

  private NewTask ofTenant(String tenant) {
    NewTask task = ledger.aTask();
    return new NewTask(
        task.id(),
        tenant,
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
        task.traceparent());
  }

  private void retainIn(Duration later) {
    new TaskSpans(ledger.dataSource, InstantSource.fixed(Instant.now().plus(later)))
        .keep(Duration.ofDays(30));
  }
}
