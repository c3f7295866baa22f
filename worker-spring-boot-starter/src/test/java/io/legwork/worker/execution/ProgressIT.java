package io.legwork.worker.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.legwork.ledger.DueTasks;
import io.legwork.ledger.ProgressReport;
import io.legwork.ledger.TaskView;
import io.legwork.process.Heartbeat;
import io.legwork.task.Json;
import io.legwork.task.TaskId;
import io.legwork.task.TaskState;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What a handler tells while it runs, what it keeps, and how it puts itself off. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProgressIT {

  private static final Duration SOON = Duration.ofSeconds(20);

  private TestWorker worker;

  @BeforeAll
  void start() {
    worker = new TestWorker();
  }

  @AfterAll
  void stop() {
    worker.close();
  }

  @Test
  void showsHowFarARunningTaskHasCome() {
    TaskId task = worker.submit("telling", "42", 1);

    await()
        .atMost(SOON)
        .untilAsserted(() ->
            assertThat(worker.view(task).progress())
                .extracting(TaskView.Progress::stage)
                .isEqualTo(new ProgressReport.Stage(42, "step 42")));
  }

  @Test
  void goesOnWhereTheLastAttemptStopped() {
    TaskId task = worker.submit("steps", "2", 2);
    awaitState(task, TaskState.RETRYING);
    promote();

    worker.publish(task, "steps", 1);

    assertThat(awaitState(task, TaskState.SUCCEEDED).result()).isEqualTo(Json.of("2"));
  }

  @Test
  void endsAnAttemptWhoseCheckpointIsStale() throws Exception {
    TaskId task = worker.submit("fenced", "1", 3);
    assertThat(TestHandlers.FencedHandler.KEPT.await(20, TimeUnit.SECONDS)).isTrue();

    JdbcClient.create(worker.bean(DataSource.class))
        .sql("update task set attempt = 2 where id = ?")
        .param(task.value())
        .update();

    await().atMost(SOON).until(() -> TestHandlers.FencedHandler.REFUSED.get() == 1);
    assertThat(worker.bean(MeterRegistry.class).get("legwork.progress.fenced").counter().count())
        .isPositive();
  }

  @Test
  void putsATaskOffWithoutChargingTheAttempt() {
    TaskId task = worker.submit("snooze", "3600", 1);

    TaskView snoozed = awaitState(task, TaskState.RETRYING);

    assertThat(Duration.between(snoozed.submittedAt(), snoozed.readyAt()))
        .isBetween(Duration.ofMinutes(59), Duration.ofMinutes(62));
    assertThat(snoozed.failure()).isNull();
  }

  private void promote() {
    await()
        .atMost(SOON)
        .until(() ->
            !new DueTasks(worker.bean(DataSource.class), Heartbeat.LEASE).promote(10).isEmpty());
  }

  private TaskView awaitState(TaskId task, TaskState state) {
    await("state " + state).atMost(SOON).until(() -> worker.view(task).state() == state);
    return worker.view(task);
  }
}
