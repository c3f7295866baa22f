package io.legwork.producer;

import static io.legwork.producer.Problems.expectProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.legwork.local.TestInfra;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** G10: a crowd is refused, and does not end the service. */
class RequestLimitIT {

  private static final String ACTIVE = "legwork_requests_active 2.0";

  @Test
  void refusesRequestsBeyondTheLimitUntilThereIsRoomAgain() {
    try (var producer =
        ProducerUnderTest.start(TestInfra.database(), "--legwork.web.max-requests=2")) {
      String task = producer.post("/v1/tasks", "{'type':'echo','payload':1}").text("id");
      var first = waiting(producer, task);
      var second = waiting(producer, task);
      await().atMost(Duration.ofSeconds(10)).until(() -> producer.metrics().contains(ACTIVE));

      var refused = producer.get("/v1/tasks/" + task);

      expectProblem(refused, 503, "overloaded");
      assertThat(refused.header("Retry-After")).isEqualTo("1");
      producer.succeed(task, "2");
      assertThat(first.join()).isEqualTo(200);
      assertThat(second.join()).isEqualTo(200);
      assertThat(producer.get("/v1/tasks/" + task).status()).isEqualTo(200);
    }
  }

  private static CompletableFuture<Integer> waiting(ProducerUnderTest producer, String task) {
    return CompletableFuture.supplyAsync(
        () -> producer.get("/v1/tasks/" + task, "Prefer", "wait=20").status());
  }
}
