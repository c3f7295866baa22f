package io.legwork.worker.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.GetResponse;
import io.legwork.ledger.AttemptView;
import io.legwork.ledger.DueTasks;
import io.legwork.ledger.TaskAttempts;
import io.legwork.ledger.TaskView;
import io.legwork.messaging.BrokerConnections;
import io.legwork.messaging.Topology;
import io.legwork.process.Heartbeat;
import io.legwork.task.Json;
import io.legwork.task.NewTask;
import io.legwork.task.Priority;
import io.legwork.task.TaskId;
import io.legwork.task.TaskState;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExecutionIT {

  private static final String QUEUE = Topology.taskQueue("default", Priority.NORMAL);
  private static final Duration SOON = Duration.ofSeconds(20);

  private TestWorker worker;
  private Connection connection;

  @BeforeAll
  void start() throws Exception {
    worker = new TestWorker();
    connection = worker.bean(BrokerConnections.class).open("test");
    awaitState(worker.submit("echo", "\"ready\"", 1), TaskState.SUCCEEDED);
  }

  @AfterAll
  void stop() {
    connection.abort();
    worker.close();
  }

  @Test
  void runsATaskAndKeepsItsResult() {
    TaskId task = worker.submit("echo", "{\"a\":[1,2.50,null]}", 1);

    TaskView done = awaitState(task, TaskState.SUCCEEDED);

    assertThat(done.result()).isEqualTo(Json.of("{\"a\":[1,2.50,null]}"));
    assertThat(done.attempts()).isEqualTo(1);
    assertQueueIsEmpty();
  }

  @Test
  void failsOnceTheAttemptsAreUsedUpAndKeepsEveryError() {
    TaskId task = worker.submit("deed", "\"FAIL\"", 2);

    awaitState(task, TaskState.RETRYING);
    promote();
    worker.publish(task, "deed", 1);
    TaskView failed = awaitState(task, TaskState.FAILED);

    assertThat(failed.failure()).isEqualTo(new TaskView.Failure("as told, attempt 2", false));
    assertThat(attempts(task))
        .extracting(AttemptView::reason)
        .containsExactly("as told, attempt 1", "as told, attempt 2");
  }

  @Test
  void doesNotRetryAPermanentError() {
    TaskId task = worker.submit("deed", "\"FAIL_FOR_GOOD\"", 5);

    assertThat(awaitState(task, TaskState.FAILED).failure())
        .isEqualTo(new TaskView.Failure("for good", true));
  }

  @Test
  void honoursTheTimeAHandlerNames() {
    TaskId task = worker.submit("deed", "\"RETRY_LATER\"", 5);

    TaskView retrying = awaitState(task, TaskState.RETRYING);

    assertThat(Duration.between(retrying.submittedAt(), retrying.readyAt()))
        .isBetween(Duration.ofMinutes(119), Duration.ofMinutes(121));
  }

  @Test
  void survivesAHandlerThatThrowsAnError() {
    TaskId task = worker.submit("deed", "\"THROW_ERROR\"", 1);

    assertThat(reason(awaitState(task, TaskState.FAILED))).contains("StackOverflowError");
  }

  @Test
  void refusesAResultThatIsTooLarge() {
    TaskId task = worker.submit("deed", "\"RETURN_TOO_MUCH\"", 3);

    assertThat(awaitState(task, TaskState.FAILED).failure())
        .satisfies(failure -> {
          assertThat(failure.permanent()).isTrue();
          assertThat(failure.reason()).contains("1,048,576");
        });
  }

  @ParameterizedTest
  @CsvSource({"RETURN_ITSELF, cannot be written as JSON", "RETURN_AN_ERROR, no text"})
  void failsForGoodWhatCannotBeWritten(String deed, String reason) {
    TaskId task = worker.submit("deed", "\"" + deed + "\"", 3);

    assertThat(awaitState(task, TaskState.FAILED).failure())
        .satisfies(failure -> {
          assertThat(failure.permanent()).isTrue();
          assertThat(failure.reason()).contains(reason);
        });
  }

  @Test
  void letsAHandlerThatHeedsNothingHoldUpNobodyButItsOwnType() {
    TaskId wedged = worker.submit("wedged", "1", 1, Duration.ofMillis(300));
    assertThat(reason(awaitState(wedged, TaskState.FAILED))).contains("timeout");

    TaskId next = worker.submit("wedged", "2", 1);
    awaitState(worker.submit("echo", "1", 1), TaskState.SUCCEEDED);
    assertThat(worker.view(next).state()).isEqualTo(TaskState.QUEUED);

    TestHandlers.WedgedHandler.OPEN.release(2);
    awaitState(next, TaskState.SUCCEEDED);
  }

  @Test
  void endsAnAttemptAtItsTimeout() {
    TaskId task = worker.submit("deed", "\"HANG\"", 1, Duration.ofMillis(300));

    assertThat(reason(awaitState(task, TaskState.FAILED))).contains("timeout");
  }

  @Test
  void runsNoMoreTasksOfATypeThanItsConcurrency() {
    int before = TestHandlers.GateHandler.RUNS.get();
    List<TaskId> tasks =
        IntStream.range(0, 10).mapToObj(i -> worker.submit("gate", String.valueOf(i), 1)).toList();
    await().atMost(SOON).until(() -> TestHandlers.GateHandler.RUNNING.get() == 3);

    TestHandlers.GateHandler.OPEN.release(10);

    tasks.forEach(task -> awaitState(task, TaskState.SUCCEEDED));
    assertThat(TestHandlers.GateHandler.RUNS.get()).isEqualTo(before + 10);
    assertQueueIsEmpty();
  }

  @Test
  void dropsADuplicateOfAFinishedTask() {
    TaskId task = worker.submit("echo", "1", 1);
    awaitState(task, TaskState.SUCCEEDED);
    double before = counter("legwork.deliveries.dropped");

    for (int i = 0; i < 100; i++) {
      worker.publish(task, "echo", 0);
    }

    await().atMost(SOON).until(() -> counter("legwork.deliveries.dropped") >= before + 100);
    assertThat(worker.view(task).attempts()).isEqualTo(1);
    assertQueueIsEmpty();
  }

  @Test
  void takesOverATaskOfASilentWorker() {
    UUID dead = UUID.randomUUID();
    TaskId task = acceptedAndClaimedBy(dead, "now() - interval '1 minute'");

    worker.publish(task, "echo", 0);

    assertThat(awaitState(task, TaskState.SUCCEEDED).attempts()).isEqualTo(2);
    assertThat(attempts(task).getFirst().state()).isEqualTo(AttemptView.State.LOST);
  }

  @Test
  void leavesATaskToAWorkerThatKeepsBeating() {
    UUID other = UUID.randomUUID();
    TaskId task = acceptedAndClaimedBy(other, "now()");
    double before = counter("legwork.deliveries.dropped");

    worker.publish(task, "echo", 0);

    await()
        .atMost(SOON)
        .until(() -> {
          beat(other);
          return counter("legwork.deliveries.dropped") > before;
        });
    assertThat(worker.view(task).state()).isEqualTo(TaskState.RUNNING);
    assertThat(worker.view(task).attempts()).isEqualTo(1);
  }

  @Test
  void parksWhatItCannotRead() throws Exception {
    try (Channel channel = connection.createChannel()) {
      channel.basicPublish(
          Topology.EXCHANGE_TASKS, QUEUE, null, "not json".getBytes(StandardCharsets.UTF_8));

      await()
          .atMost(SOON)
          .untilAsserted(() -> {
            GetResponse parked = channel.basicGet(Topology.QUEUE_PARKED, true);
            assertThat(parked).isNotNull();
            assertThat(parked.getBody()).asString(StandardCharsets.UTF_8).isEqualTo("not json");
            assertThat(parked.getProps().getHeaders()).containsKey("reason");
          });
    }
    assertQueueIsEmpty();
  }

  @Test
  void consumesAgainAfterTheQueueWasDeleted() throws Exception {
    try (Channel channel = connection.createChannel()) {
      channel.queueDelete(QUEUE);
    }

    TaskConsumers consumers = worker.bean(TaskConsumers.class);
    await().pollInterval(Duration.ofMillis(20)).atMost(SOON).until(() -> !consumers.isConsuming());
    await().atMost(SOON).until(consumers::isConsuming);

    awaitState(worker.submit("echo", "\"again\"", 1), TaskState.SUCCEEDED);
  }

  /**
   * With a plan that reads whole tables, each claim costs more the more tasks wait or are over; and
   * plans that leave this way out look dear enough for a server to compile them, each time.
   */
  @ParameterizedTest
  @CsvSource({"enable_seqscan", "enable_hashjoin", "enable_mergejoin", "jit"})
  void looksRowsUpWhateverTheStatisticsSay(String plan) {
    assertThat(
            JdbcClient.create(worker.bean(DataSource.class))
                .sql("select current_setting(?)")
                .param(plan)
                .query(String.class)
                .single())
        .isEqualTo("off");
  }

  @Test
  void isServedAgainByAQueueThatWasDeletedAndDeclaredAtOnce() throws Exception {
    try (Channel channel = connection.createChannel()) {
      channel.queueDelete(QUEUE);
      worker.bean(Topology.class).declare(channel);
    }

    TaskId task = worker.submit("echo", "\"still there\"", 1);

    await()
        .atMost(Duration.ofSeconds(40))
        .until(() -> worker.view(task).state() == TaskState.SUCCEEDED);
  }

  private TaskId acceptedAndClaimedBy(UUID other, String heartbeat) {
    TaskId task = worker.submit("nobody.handles.this", "7", 3);
    jdbc()
        .sql(
            "update task set state = 2, type = 'echo', attempt = 1, started_at = now(), worker = ? where id = ?")
        .params(other, task.value())
        .update();
    jdbc()
        .sql(
            "insert into process (id, kind, host, pid, heartbeat_at) values (?, 'worker-service', 'h', 1, "
                + heartbeat
                + ")")
        .param(other)
        .update();
    return task;
  }

  private void beat(UUID process) {
    jdbc().sql("update process set heartbeat_at = now() where id = ?").param(process).update();
  }

  private void promote() {
    await()
        .atMost(SOON)
        .until(() ->
            !new DueTasks(worker.bean(DataSource.class), Heartbeat.LEASE).promote(10).isEmpty());
  }

  private List<AttemptView> attempts(TaskId task) {
    return new TaskAttempts(worker.bean(DataSource.class)).of(NewTask.DEFAULT_TENANT, task);
  }

  private JdbcClient jdbc() {
    return JdbcClient.create(worker.bean(DataSource.class));
  }

  private double counter(String name) {
    return worker.bean(MeterRegistry.class).get(name).counter().count();
  }

  private TaskView awaitState(TaskId task, TaskState state) {
    await("state " + state).atMost(SOON).until(() -> worker.view(task).state() == state);
    return worker.view(task);
  }

  private static String reason(TaskView task) {
    TaskView.Failure failure = task.failure();
    return failure == null ? "" : failure.reason();
  }

  private void assertQueueIsEmpty() {
    await()
        .atMost(SOON)
        .until(() -> {
          try (Channel channel = connection.createChannel()) {
            return channel.messageCount(QUEUE) == 0;
          }
        });
  }
}
