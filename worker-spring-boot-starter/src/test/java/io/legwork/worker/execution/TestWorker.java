package io.legwork.worker.execution;

import io.legwork.ledger.Acceptance;
import io.legwork.ledger.Submission;
import io.legwork.ledger.TaskIntake;
import io.legwork.ledger.TaskQueries;
import io.legwork.ledger.TaskView;
import io.legwork.local.BrokerAccess;
import io.legwork.local.DatabaseAccess;
import io.legwork.local.ServiceArguments;
import io.legwork.local.TestInfra;
import io.legwork.messaging.ConfirmedPublisher;
import io.legwork.messaging.TaskMessage;
import io.legwork.secrets.ContentCipher;
import io.legwork.secrets.SecretCipher;
import io.legwork.task.Json;
import io.legwork.task.NewTask;
import io.legwork.task.Priority;
import io.legwork.task.RetryPolicy;
import io.legwork.task.Start;
import io.legwork.task.TaskId;
import io.legwork.task.UuidV7;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** A running worker with a broker and a ledger of its own, and a way to give it tasks. */
final class TestWorker implements AutoCloseable {

  final DatabaseAccess database = TestInfra.database();
  final BrokerAccess broker = TestInfra.broker();
  private ConfigurableApplicationContext context;

  /**
   * @param more settings of its own
   */
  TestWorker(String... more) {
    this.context = start(more);
  }

  /** Stops the worker as SIGTERM does, and starts another one on the same broker and ledger. */
  void replace(String... more) {
    context.close();
    context = start(more);
  }

  /** The settings that lead a worker to this broker and ledger. */
  List<String> settings() {
    return ServiceArguments.of(database, broker);
  }

  private ConfigurableApplicationContext start(String... more) {
    return new SpringApplicationBuilder(TestApplication.class, TestHandlers.class)
        .run(Stream.concat(settings().stream(), Stream.of(more)).toArray(String[]::new));
  }

  <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  TaskId submit(String type, String payload, int maxAttempts) {
    return submit(type, payload, maxAttempts, Duration.ofMinutes(1));
  }

  TaskId submit(String type, String payload, int maxAttempts, Duration timeout) {
    TaskId task = accept(aTask(type, payload, Priority.NORMAL, maxAttempts, timeout));
    publish(task, type, 0);
    return task;
  }

  /** Submits a task whose content is sealed in the ledger. */
  TaskId submitSealed(String type, String payload, int maxAttempts, ContentCipher cipher) {
    NewTask task = aTask(type, payload, Priority.NORMAL, maxAttempts, Duration.ofMinutes(1));
    var _ =
        new TaskIntake(bean(DataSource.class), SecretCipher.of(List.of()), cipher)
            .accept(List.of(new Submission(task, null)));
    publish(task.id(), type, 0);
    return task.id();
  }

  /** Submits tasks of one attempt, in one commit. */
  void submit(String type, Priority priority, List<String> payloads) {
    List<Submission> tasks =
        payloads.stream()
            .map(payload -> aTask(type, payload, priority, 1, Duration.ofMinutes(5)))
            .map(task -> new Submission(task, null))
            .toList();
    List<Acceptance> accepted = new TaskIntake(bean(DataSource.class)).accept(tasks);
    ConfirmedPublisher publisher = bean(ConfirmedPublisher.class);
    accepted.stream()
        .map(task ->
            new TaskMessage(task.task(), NewTask.DEFAULT_TENANT, type, 0, null)
                .toMessage("default", priority))
        .map(publisher::publish)
        .toList()
        .forEach(CompletableFuture::join);
  }

  /** Puts a task into the ledger whose message is still to be published. */
  TaskId accept(String type, String payload) {
    return accept(aTask(type, payload, Priority.NORMAL, 1, Duration.ofMinutes(1)));
  }

  private NewTask aTask(
      String type, String payload, Priority priority, int maxAttempts, Duration timeout) {
    return new NewTask(
        new TaskId(bean(UuidV7.class).next()),
        NewTask.DEFAULT_TENANT,
        type,
        "default",
        priority,
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
  }

  private TaskId accept(NewTask task) {
    List<Acceptance> accepted =
        new TaskIntake(bean(DataSource.class)).accept(List.of(new Submission(task, null)));
    return accepted.getFirst().task();
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
