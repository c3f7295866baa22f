package io.legwork.worker.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.legwork.ledger.TaskTypes;
import io.legwork.messaging.ConfirmedPublisher;
import io.legwork.messaging.TaskGroup;
import io.legwork.messaging.TaskMessage;
import io.legwork.task.NewTask;
import io.legwork.task.Priority;
import io.legwork.task.TaskId;
import io.legwork.task.TaskState;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tasks that travel in one message. */
class SharedMessageIT {

  private static final Duration SOON = Duration.ofSeconds(20);

  private TestWorker worker;

  @BeforeEach
  void start() {
    worker = new TestWorker();
  }

  @AfterEach
  void stop() {
    worker.close();
  }

  @Test
  void runEachOnceAndTellHowLongTheyTook() {
    List<TaskId> tasks = accepted("count", 3);

    publish("count", tasks);
    publish("count", tasks);

    for (TaskId task : tasks) {
      await().atMost(SOON).until(() -> worker.view(task).state() == TaskState.SUCCEEDED);
      assertThat(worker.view(task).attempts()).isEqualTo(1);
      assertThat(TestHandlers.CountHandler.RUNS.get(task.toString())).isEqualTo(1);
    }
    await()
        .atMost(SOON)
        .until(() -> new TaskTypes(worker.bean(DataSource.class)).runTimes().containsKey("count"));
  }

  @Test
  void comeAgainTogetherIfOneOfThemWasNotBegun() {
    List<TaskId> tasks = accepted("deed", 2);
    worker.replace("--legwork.worker.concurrency=1", "--legwork.worker.stop-grace=1s");
    publish("deed", tasks);
    await().atMost(SOON).until(() -> worker.view(tasks.getFirst()).state() == TaskState.RUNNING);

    worker.replace("--legwork.worker.stop-grace=1s");

    for (TaskId task : tasks) {
      await().atMost(SOON).until(() -> worker.view(task).state() == TaskState.RUNNING);
    }
    assertThat(worker.view(tasks.getFirst()).attempts()).isEqualTo(2);
    assertThat(worker.view(tasks.getLast()).attempts()).isEqualTo(1);
  }

  private List<TaskId> accepted(String type, int count) {
    return IntStream.range(0, count)
        .mapToObj(_ -> worker.accept(type, type.equals("deed") ? "\"HANG\"" : "1"))
        .toList();
  }

  private void publish(String type, List<TaskId> tasks) {
    List<TaskMessage> messages =
        tasks.stream()
            .map(task -> new TaskMessage(task, NewTask.DEFAULT_TENANT, type, 0, null))
            .toList();
    worker
        .bean(ConfirmedPublisher.class)
        .publish(new TaskGroup(messages).toMessage("default", Priority.NORMAL))
        .join();
  }
}
