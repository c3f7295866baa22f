package io.legwork.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.legwork.local.Broker;
import io.legwork.local.TestInfra;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How much is accepted while the broker is away. */
class BacklogIT {

  private static final int LIMIT = 20;
  private static final String TASK = "{'type':'echo','payload':1}";
  private static final String BATCH = "{'tasks':[" + TASK + "," + TASK + "]}";

  @Test
  void acceptsUpToTheBacklogAndGoesOnWhenTheBrokerIsBack() {
    try (Broker broker = TestInfra.dedicatedBroker();
        ProducerUnderTest producer =
            ProducerUnderTest.start(
                TestInfra.database(), broker.access(), "--legwork.submission.backlog=" + LIMIT)) {
      awaitHealth(producer, "\"broker\":{\"status\":\"UP\"}");
      fill(producer, 2 * LIMIT);
      broker.stopApp();
      awaitHealth(producer, "\"broker\":{\"details\":{\"reason\":");

      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> producer.post("/v1/tasks", TASK).status() == 503);

      int stored = producer.stored();
      var refused = producer.post("/v1/tasks", TASK);
      assertThat(refused.text("code")).isEqualTo("backlog-full");
      assertThat(refused.header("Retry-After")).isEqualTo("5");
      assertThat(producer.post("/v1/tasks/batch", BATCH).status()).isEqualTo(503);
      assertThat(producer.stored()).isEqualTo(stored);
      assertThat(readiness(producer).status()).isEqualTo(200);

      broker.startApp();

      awaitHealth(producer, "\"broker\":{\"status\":\"UP\"}");
      assertThat(producer.post("/v1/tasks", TASK).status()).isEqualTo(202);
    }
  }

  @Test
  void acceptsWithoutABrokerWhatTheBacklogHasRoomFor() {
    try (ProducerUnderTest producer =
        ProducerUnderTest.start(TestInfra.database(), "--legwork.submission.backlog=" + LIMIT)) {
      fill(producer, LIMIT - 1);

      await()
          .during(Duration.ofSeconds(2))
          .atMost(Duration.ofSeconds(5))
          .until(() -> producer.get("/v1/tasks").status() == 200);
      assertThat(producer.post("/v1/tasks", TASK).status()).isEqualTo(202);
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> producer.post("/v1/tasks", TASK).status() == 503);
    }
  }

  private static void fill(ProducerUnderTest producer, int tasks) {
    for (int i = 0; i < tasks; i++) {
      assertThat(producer.post("/v1/tasks", TASK).status()).isEqualTo(202);
    }
  }

  private static ProducerUnderTest.Answer readiness(ProducerUnderTest producer) {
    return producer.manage("/actuator/health/readiness");
  }

  private static void awaitHealth(ProducerUnderTest producer, String part) {
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> readiness(producer).body().toString(), health -> health.contains(part));
  }
}
