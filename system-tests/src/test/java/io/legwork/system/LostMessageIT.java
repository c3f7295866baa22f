package io.legwork.system;

import static io.legwork.system.Api.aTask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.ConnectionFactory;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Decision 1: lost messages are told from waiting ones by order, never by age. */
@Tag("slow")
class LostMessageIT {

  private static final Logger LOG = LoggerFactory.getLogger(LostMessageIT.class);
  private static final String QUEUE = "legwork.tasks.default.normal";
  private static final int BATCH = 1000;
  private static final int BATCHES = Integer.getInteger("legwork.test.backlog", 20_000) / BATCH;

  /** Twice the sweeper's patience. */
  private static final Duration OLD = Duration.ofSeconds(8);

  private final Legwork legwork = Legwork.shared();
  private final Api api = legwork.api();

  @AfterEach
  void everythingIsBack() {
    legwork.workers().stream().filter(worker -> !worker.isAlive()).forEach(ServiceProcess::start);
    legwork.awaitReady();
  }

  @Test
  void republishesNothingOfABacklogButTheOneMessageThatIsLost() throws Exception {
    legwork.workers().forEach(ServiceProcess::kill);
    var batch = IntStream.range(0, BATCH).mapToObj(n -> aTask("echo", n)).toList();
    for (int i = 0; i < BATCHES; i++) {
      api.submitAll(batch);
    }
    legwork.awaitPublished();
    int messages = legwork.messages().getOrDefault(QUEUE, 0);
    double before = republished();
    await("the backlog is old")
        .atMost(Duration.ofMinutes(1))
        .until(() ->
            legwork.count(
                    "select count(*) from task where state = 1 and ready_at > now() - ? * interval '1 s'",
                    OLD.toSeconds())
                == 0);

    List<String> lost = takeOneMessageAway();
    assertThat(republished()).as("republished of a waiting backlog").isEqualTo(before);
    legwork.workers().forEach(ServiceProcess::start);
    await("the queue is started")
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofMillis(50))
        .until(() -> legwork.messages().getOrDefault(QUEUE, 0) < messages - 1);
    long start = System.nanoTime();
    await("the lost one is published again")
        .atMost(Duration.ofMinutes(1))
        .pollInterval(Duration.ofMillis(50))
        .until(() -> republished() > before);
    LOG.info("republished {} ms after the queue was started", millisSince(start));
    await("the backlog drains")
        .atMost(Duration.ofMinutes(10))
        .until(() -> legwork.messages().getOrDefault(QUEUE, 0) == 0);
    assertThat(lost)
        .allSatisfy(task -> assertThat(Api.state(api.awaitEnd(task))).isEqualTo("SUCCEEDED"));
    assertThat(republished() - before).as("republished in all").isEqualTo(lost.size());
  }

  private static long millisSince(long nanos) {
    return Duration.ofNanos(System.nanoTime() - nanos).toMillis();
  }

  private double republished() {
    return legwork.producer().metric("legwork_dispatch_republished_total");
  }

  /** Takes the first message of the queue away for good; returns the tasks it was for. */
  private List<String> takeOneMessageAway() throws Exception {
    var access = legwork.broker().access();
    var factory = new ConnectionFactory();
    factory.setHost(access.host());
    factory.setPort(access.port());
    factory.setUsername(access.username());
    factory.setPassword(access.password());
    factory.setVirtualHost(access.virtualHost());
    try (var connection = factory.newConnection("test");
        var channel = connection.createChannel()) {
      JsonNode body = JsonMapper.shared().readTree(channel.basicGet(QUEUE, true).getBody());
      return body.has("task")
          ? List.of(body.path("task").asString())
          : Stream.of(body.path("tasks").asString().split(" "))
              .map(task -> task.substring(0, task.indexOf('/')))
              .toList();
    }
  }
}
