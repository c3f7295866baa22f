package io.legwork.producer;

import static io.legwork.producer.Problems.expectProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.legwork.local.TestInfra;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
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

  @Test
  void keepsAConnectionForAsLongAsItIsUsed() throws Exception {
    try (Socket connection = new Socket("localhost", ProducerUnderTest.shared().port())) {
      var answers =
          new BufferedReader(
              new InputStreamReader(connection.getInputStream(), StandardCharsets.US_ASCII));
      for (int i = 0; i < 250; i++) {
        connection
            .getOutputStream()
            .write("HEAD /openapi HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        List<String> head =
            Stream.generate(() -> line(answers)).takeWhile(line -> !line.isEmpty()).toList();

        assertThat(head.getFirst()).isEqualTo("HTTP/1.1 200 ");
        assertThat(head).noneMatch(line -> line.equalsIgnoreCase("Connection: close"));
      }
    }
  }

  private static String line(BufferedReader answers) {
    try {
      return String.valueOf(answers.readLine());
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private static CompletableFuture<Integer> waiting(ProducerUnderTest producer, String task) {
    return CompletableFuture.supplyAsync(
        () -> producer.get("/v1/tasks/" + task, "Prefer", "wait=20").status());
  }
}
