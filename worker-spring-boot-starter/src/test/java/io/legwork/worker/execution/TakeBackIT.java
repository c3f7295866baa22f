package io.legwork.worker.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import io.legwork.ledger.AttemptView;
import io.legwork.ledger.Cancellations;
import io.legwork.ledger.TaskAttempts;
import io.legwork.ledger.TaskView;
import io.legwork.messaging.BrokerConnections;
import io.legwork.messaging.Topology;
import io.legwork.task.NewTask;
import io.legwork.task.Priority;
import io.legwork.task.TaskId;
import io.legwork.task.TaskState;
import io.legwork.task.UuidV7;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a running task that is taken from its worker, and of a worker that stops. */
class TakeBackIT {

  private static final String QUEUE = Topology.taskQueue("default", Priority.NORMAL);
  private static final Duration SOON = Duration.ofSeconds(20);

  /** One message at a time, so that a delivery that is held keeps all others waiting. */
  private final TestWorker worker =
      new TestWorker(
          "--legwork.worker.prefetch=1",
          "--legwork.worker.hold-delivery=300ms",
          "--legwork.worker.stop-grace=200ms");

  @AfterEach
  void stop() {
    worker.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"long", "stubborn"})
  void stopsAHandlerWhoseTaskIsCancelledAndRefusesItsOutcome(String type) {
    TaskId task = worker.submit(type, "1", 3);
    awaitState(task, TaskState.RUNNING);

    cancel(task);

    await("the handler is stopped")
        .atMost(Duration.ofSeconds(2))
        .until(() -> worker.bean(RunningAttempts.class).size() == 0);
    assertThat(worker.view(task).state()).isEqualTo(TaskState.CANCELLED);
    assertThat(counter("legwork.outcomes.fenced")).isEqualTo(1);
    awaitState(worker.submit("echo", "1", 1), TaskState.SUCCEEDED);
  }

  @Test
  void showsAHandlerThatTakesNoNoticeOfInterruptsThatItIsCancelled() {
    int before = TestHandlers.StubbornHandler.NOTICED.get();
    TaskId task = worker.submit("stubborn", "1", 3);
    awaitState(task, TaskState.RUNNING);

    cancel(task);

    await().atMost(SOON).until(() -> TestHandlers.StubbornHandler.NOTICED.get() == before + 1);
  }

  @Test
  void holdsNoDeliveryForALongTask() {
    TaskId declared = worker.submit("long", "1", 3);
    TaskId other = worker.submit("deed", "\"HANG\"", 3);

    awaitState(worker.submit("echo", "1", 1), TaskState.SUCCEEDED);

    assertThat(worker.view(declared).state()).isEqualTo(TaskState.RUNNING);
    assertThat(worker.view(other).state()).isEqualTo(TaskState.RUNNING);
    cancel(declared);
    cancel(other);
  }

  @Test
  void handsBackWhatRunsAtTheEndOfTheGraceWithoutChargingTheAttempt() {
    TaskId task = worker.submit("long", "1", 1);
    awaitState(task, TaskState.RUNNING);

    worker.replace();

    await().atMost(SOON).until(() -> worker.view(task).attempts() == 2);
    assertThat(worker.view(task).state()).isEqualTo(TaskState.RUNNING);
    assertThat(attempts(task).getFirst().reason()).contains("Handed back");
    cancel(task);
  }

  @Test
  void givesBackWhatItHasNotBegunAndChargesNothing() throws Exception {
    worker.replace("--legwork.worker.stop-grace=200ms");
    List<TaskId> tasks =
        IntStream.range(0, 5).mapToObj(i -> worker.submit("gate", "1", 1)).toList();
    await().atMost(SOON).until(() -> TestHandlers.GateHandler.RUNNING.get() == 3);

    worker.replace("--legwork.worker.stop-grace=200ms");
    TestHandlers.GateHandler.OPEN.release(5);

    tasks.forEach(task -> awaitState(task, TaskState.SUCCEEDED));
    assertThat(tasks.stream().map(task -> worker.view(task).attempts()).sorted())
        .as("three had begun and were handed back, two had not begun")
        .containsExactly(1, 1, 2, 2, 2);
    try (Connection connection = worker.bean(BrokerConnections.class).open("test");
        Channel channel = connection.createChannel()) {
      await().atMost(SOON).until(() -> channel.messageCount(QUEUE) == 0);
    }
  }

  private void cancel(TaskId task) {
    UUID process = UUID.randomUUID();
    assertThat(
            new Cancellations(worker.bean(DataSource.class), process, worker.bean(UuidV7.class))
                .cancel(NewTask.DEFAULT_TENANT, task))
        .isPresent();
  }

  private List<AttemptView> attempts(TaskId task) {
    return new TaskAttempts(worker.bean(DataSource.class)).of(NewTask.DEFAULT_TENANT, task);
  }

  private double counter(String name) {
    return worker.bean(MeterRegistry.class).get(name).counter().count();
  }

  private TaskView awaitState(TaskId task, TaskState state) {
    await("state " + state).atMost(SOON).until(() -> worker.view(task).state() == state);
    return worker.view(task);
  }
}
