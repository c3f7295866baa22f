package io.legwork.worker.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.GetResponse;
import io.legwork.ledger.TaskView;
import io.legwork.messaging.BrokerConnections;
import io.legwork.messaging.TaskMessage;
import io.legwork.messaging.Topology;
import io.legwork.task.NewTask;
import io.legwork.task.Priority;
import io.legwork.task.TaskId;
import io.legwork.task.TaskState;
import io.legwork.task.UuidV7;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Messages that somebody has put into a task queue by hand. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileMessagesIT {

  private static final String QUEUE = Topology.taskQueue("default", Priority.NORMAL);
  private static final Duration SOON = Duration.ofSeconds(20);

  private TestWorker worker;
  private Connection connection;
  private Channel channel;

  @BeforeAll
  void start() throws Exception {
    worker = new TestWorker();
    connection = worker.bean(BrokerConnections.class).open("test");
    channel = connection.createChannel();
  }

  @AfterAll
  void stop() {
    connection.abort();
    worker.close();
  }

  /** Whatever came, nothing of it is left, and work goes on. */
  @AfterEach
  void workGoesOn() {
    awaitState(worker.submit("echo", "1", 1), TaskState.SUCCEEDED);
    await().atMost(SOON).until(() -> channel.messageCount(QUEUE) == 0);
  }

  static Stream<Arguments> unreadable() throws IOException {
    var serialized = new ByteArrayOutputStream();
    new ObjectOutputStream(serialized).writeObject(new HashMap<>(Map.of("a", "b")));
    return Stream.of(
        Arguments.of("empty", new byte[0], "application/json"),
        Arguments.of("truncated", text("{\"v\":1,\"task\":\"01890a5d"), "application/json"),
        Arguments.of("not JSON", text("hello"), "text/plain"),
        Arguments.of("an array", text("[1,2,3]"), "application/json"),
        Arguments.of("of the future", text(message(2, "echo", 0)), "application/json"),
        Arguments.of("with a negative attempt", text(message(1, "echo", -1)), "application/json"),
        Arguments.of("of 15 MB", new byte[15 << 20], "application/octet-stream"),
        Arguments.of(
            "of Java objects", serialized.toByteArray(), "application/x-java-serialized-object"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("unreadable")
  void parksWhatItCannotReadWithTheReason(String name, byte[] body, String contentType)
      throws Exception {
    publish(body, contentType, Map.of("__TypeId__", "java.util.HashMap"));

    await().atMost(SOON).until(() -> channel.messageCount(Topology.QUEUE_PARKED) == 1);
    GetResponse parked = channel.basicGet(Topology.QUEUE_PARKED, true);
    assertThat(String.valueOf(parked.getProps().getHeaders().get("reason"))).hasSizeGreaterThan(9);
    assertThat(parked.getProps().getHeaders().get("original-content-type"))
        .hasToString(contentType);
  }

  @Test
  void dropsMessagesOfTasksThatDoNotExist() throws Exception {
    double before = dropped();

    publish(text(message(1, "echo", 0)), "application/json", Map.of());

    await().atMost(SOON).until(() -> dropped() == before + 1);
    assertThat(channel.messageCount(Topology.QUEUE_PARKED)).isZero();
  }

  @Test
  void runsATaskOnceHoweverOftenItsMessageIsThere() throws IOException {
    List<TaskId> tasks =
        IntStream.range(0, 100).mapToObj(i -> worker.accept("count", "1")).toList();

    for (TaskId task : tasks) {
      var message = new TaskMessage(task, NewTask.DEFAULT_TENANT, "count", 0, null);
      for (int copy = 0; copy < 5; copy++) {
        publish(message.encode(), "application/json", Map.of());
      }
    }

    tasks.forEach(task -> awaitState(task, TaskState.SUCCEEDED));
    assertThat(tasks)
        .allSatisfy(
            task -> assertThat(TestHandlers.CountHandler.RUNS.get(task.toString())).isEqualTo(1));
  }

  @Test
  void trustsNoHeader() throws IOException {
    TaskId task = worker.submit("echo", "\"mine\"", 1);
    awaitState(task, TaskState.SUCCEEDED);
    double before = dropped();
    byte[] body = new TaskMessage(task, NewTask.DEFAULT_TENANT, "echo", 0, null).encode();
    var death = Map.<String, Object>of("count", 1_000_000L, "reason", "rejected", "queue", QUEUE);

    publish(
        body,
        "application/json",
        Map.of(
            "x-death",
            List.of(death),
            "x-delivery-count",
            99L,
            "__TypeId__",
            "java.lang.ProcessBuilder"));

    await().atMost(SOON).until(() -> dropped() == before + 1);
    assertThat(worker.view(task).attempts()).isEqualTo(1);
  }

  private static String message(int version, String type, int attempt) {
    return """
    {"v":%d,"task":"%s","tenant":"default","type":"%s","attempt":%d}\
    """
        .formatted(version, unknownTask(), type, attempt);
  }

  private static TaskId unknownTask() {
    return new TaskId(new UuidV7(InstantSource.system(), new Random()).next());
  }

  private static byte[] text(String body) {
    return body.getBytes(StandardCharsets.UTF_8);
  }

  private void publish(byte[] body, String contentType, Map<String, Object> headers)
      throws IOException {
    var properties =
        new AMQP.BasicProperties.Builder()
            .contentType(contentType)
            .headers(headers)
            .priority(255)
            .replyTo("somebody")
            .build();
    channel.basicPublish(Topology.EXCHANGE_TASKS, QUEUE, properties, body);
  }

  private double dropped() {
    return worker.bean(MeterRegistry.class).get("legwork.deliveries.dropped").counter().count();
  }

  private TaskView awaitState(TaskId task, TaskState state) {
    await("state " + state).atMost(SOON).until(() -> worker.view(task).state() == state);
    return worker.view(task);
  }
}
