package io.legwork.worker.execution;

import io.legwork.ledger.Acceptance;
import io.legwork.ledger.Submission;
import io.legwork.ledger.TaskIntake;
import io.legwork.ledger.TaskQueries;
import io.legwork.ledger.TaskView;
import io.legwork.local.BrokerAccess;
import io.legwork.local.DatabaseAccess;
import io.legwork.local.TestInfra;
import io.legwork.messaging.ConfirmedPublisher;
import io.legwork.messaging.TaskMessage;
import io.legwork.task.Json;
import io.legwork.task.NewTask;
import io.legwork.task.Priority;
import io.legwork.task.RetryPolicy;
import io.legwork.task.Start;
import io.legwork.task.TaskId;
import io.legwork.task.UuidV7;
import io.legwork.worker.WorkerApplication;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** A running worker with a broker and a ledger of its own, and a way to give it tasks. */
final class TestWorker implements AutoCloseable {

  final DatabaseAccess database = TestInfra.database();
  final BrokerAccess broker = TestInfra.broker();
  final ConfigurableApplicationContext context;

  TestWorker() {
    this.context = start();
  }

  /** Starts one more worker on the same broker and ledger. */
  ConfigurableApplicationContext start() {
    return new SpringApplicationBuilder(WorkerApplication.class, TestHandlers.class)
        .run(
            "--server.port=0",
            "--management.server.port=0",
            "--spring.datasource.url=" + database.jdbcUrl(),
            "--spring.datasource.username=" + database.username(),
            "--spring.datasource.password=" + database.password(),
            "--spring.rabbitmq.host=" + broker.host(),
            "--spring.rabbitmq.port=" + broker.port(),
            "--spring.rabbitmq.username=" + broker.username(),
            "--spring.rabbitmq.password=" + broker.password(),
            "--spring.rabbitmq.virtual-host=" + broker.virtualHost());
  }

  <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  TaskId submit(String type, String payload, int maxAttempts) {
    return submit(type, payload, maxAttempts, Duration.ofMinutes(1));
  }

  TaskId submit(String type, String payload, int maxAttempts, Duration timeout) {
    NewTask task =
        new NewTask(
            new TaskId(bean(UuidV7.class).next()),
            NewTask.DEFAULT_TENANT,
            type,
            "default",
            Priority.NORMAL,
            Json.of(payload),
            new Start.Immediately(),
            null,
            timeout,
            maxAttempts,
            new RetryPolicy(Duration.ofMillis(1), Duration.ofMillis(1), 1),
            List.of(),
            Map.of(),
            null,
            null);
    List<Acceptance> accepted =
        new TaskIntake(bean(DataSource.class)).accept(List.of(new Submission(task, null)));
    publish(accepted.getFirst().task(), type, 0);
    return task.id();
  }

  void publish(TaskId task, String type, int attempt) {
    bean(ConfirmedPublisher.class)
        .publish(
            new TaskMessage(task, NewTask.DEFAULT_TENANT, type, attempt, null)
                .toMessage("default", Priority.NORMAL))
        .join();
  }

  TaskView view(TaskId task) {
    return new TaskQueries(bean(DataSource.class)).find(NewTask.DEFAULT_TENANT, task).orElseThrow();
  }

  @Override
  public void close() {
    context.close();
  }
}
