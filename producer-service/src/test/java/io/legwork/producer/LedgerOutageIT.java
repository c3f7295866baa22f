package io.legwork.producer;

import static org.assertj.core.api.Assertions.assertThat;

import io.legwork.local.Database;
import io.legwork.local.TestInfra;
import io.legwork.producer.ProducerUnderTest.Answer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class LedgerOutageIT {

  private static final String TASK = "{'type':'echo','payload':1}";
  private static final String UNKNOWN_TYPE = "{'type':'nothing','payload':1}";
  private static final Duration LIMIT = Duration.ofSeconds(2);

  @Test
  void saysWithinTwoSecondsThatTheDatabaseIsDownAndGoesOnAfterwards() {
    try (Database database = TestInfra.dedicatedDatabase();
        ProducerUnderTest producer = ProducerUnderTest.start(database.access())) {
      String id = producer.post("/v1/tasks", TASK).text("id");

      database.stop();

      expectUnavailable(() -> producer.get("/v1/tasks/" + id));
      expectUnavailable(() -> producer.get("/v1/tasks"));
      expectUnavailable(() -> producer.post("/v1/tasks", TASK));
      // For a moment the types that were read before the outage still count as known.
      Awaitility.await()
          .atMost(Duration.ofSeconds(10))
          .until(() -> producer.post("/v1/tasks", UNKNOWN_TYPE).status() == 503);
      List<CompletableFuture<Void>> crowd =
          IntStream.range(0, 30)
              .mapToObj(i ->
                  onThread(() -> {
                    String body = i % 2 == 0 ? TASK : UNKNOWN_TYPE;
                    expectUnavailable(() -> producer.post("/v1/tasks", body));
                  }))
              .toList();
      crowd.forEach(CompletableFuture::join);

      database.start();

      Awaitility.await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(
              () -> assertThat(producer.post("/v1/tasks", TASK).status()).isEqualTo(202));
      assertThat(producer.get("/v1/tasks/" + id).text("state")).isEqualTo("QUEUED");
    }
  }

  private static CompletableFuture<Void> onThread(Runnable work) {
    return CompletableFuture.runAsync(work, task -> Thread.ofVirtual().start(task));
  }

  private static void expectUnavailable(Supplier<Answer> request) {
    long start = System.nanoTime();

    Answer answer = request.get();

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(LIMIT);
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.text("code")).isEqualTo("ledger-unavailable");
    assertThat(answer.header("Retry-After")).isEqualTo("2");
    assertThat(answer.body().toString()).doesNotContain("SQL", "Exception", "localhost");
  }
}
