package io.legwork.system;

import static io.legwork.system.Api.aTask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** G11: every service is stopped and started in turn under load, and nobody has to notice. */
@Tag("slow")
class RollingRestartIT {

  private static final Logger LOG = LoggerFactory.getLogger(RollingRestartIT.class);
  private static final int CLIENTS = 4;
  private static final int MILLIS_BETWEEN_TASKS = 20;

  private static final String SUCCEEDED_AT_ONCE =
      """
      select count(*) from finished_task f join task_input i on i.id = f.id
      where i.tags @> array[?::text] and f.state = 10 and f.attempt - f.attempt_base = 1
      """;

  private final Legwork legwork = Legwork.shared();
  private final String tag = "restart-" + UUID.randomUUID();
  private final Queue<String> accepted = new ConcurrentLinkedQueue<>();
  private final Queue<String> notToBeRepeated = new ConcurrentLinkedQueue<>();
  private final Queue<String> repeated = new ConcurrentLinkedQueue<>();
  private final CountDownLatch stopped = new CountDownLatch(1);

  @AfterEach
  void everythingIsBack() {
    stopped.countDown();
    legwork.services().stream()
        .filter(service -> !service.isAlive())
        .forEach(ServiceProcess::start);
    legwork.awaitReady();
  }

  @Test
  void failsNoRequestThatMayNotBeRepeatedAndChargesNoAttempt() throws Exception {
    List<Thread> clients =
        IntStream.range(0, CLIENTS).mapToObj(n -> Thread.startVirtualThread(this::submit)).toList();

    for (ServiceProcess service : legwork.services()) {
      assertThat(service.stop()).as("exit code of %s", service).isZero();
      service.start();
      service.awaitReady();
    }
    stopped.countDown();
    for (Thread client : clients) {
      client.join();
    }

    LOG.info("{} tasks accepted, {} requests repeated", accepted.size(), repeated.size());
    assertThat(notToBeRepeated).isEmpty();
    assertThat(accepted).isNotEmpty().doesNotHaveDuplicates();
    await("every task has succeeded with one attempt that counts")
        .atMost(Duration.ofMinutes(1))
        .until(() -> legwork.count(SUCCEEDED_AT_ONCE, tag) == accepted.size());
  }

  private void submit() {
    try {
      while (!stopped.await(MILLIS_BETWEEN_TASKS, TimeUnit.MILLISECONDS)) {
        submitOnce(UUID.randomUUID().toString());
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Submits a task, again with the same key for as long as a client would. */
  private void submitOnce(String key) throws InterruptedException {
    do {
      try {
        var answer = legwork.api().post("/v1/tasks", task(key), "Idempotency-Key", '"' + key + '"');
        if (answer.status() == 202) {
          accepted.add(answer.text("id"));
          return;
        }
        if (answer.status() != 503 || answer.header("Retry-After").isEmpty()) {
          notToBeRepeated.add(answer.toString());
          return;
        }
        repeated.add("503");
      } catch (UncheckedIOException unreachable) {
        repeated.add("unreachable");
      }
    } while (!stopped.await(MILLIS_BETWEEN_TASKS, TimeUnit.MILLISECONDS));
  }

  private JsonNode task(String payload) {
    var task = aTask("echo", payload);
    task.putArray("tags").add(tag);
    return task;
  }
}
