package io.legwork.system;

import static io.legwork.system.Api.aTask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.legwork.system.TestServer.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What becomes of tasks that fail. */
class RetryIT {

  private final Api api = Legwork.shared().api();

  @Test
  void triesAgainAndKeepsTheHistory() {
    try (var target = TestServer.start((n, request) -> Reply.status(n <= 2 ? 503 : 200))) {
      var id = api.submit(aRequest(target));
      var task = api.awaitEnd(id);

      assertThat(Api.state(task)).isEqualTo("SUCCEEDED");
      assertThat(task.path("attempts").asInt()).isEqualTo(3);
      assertThat(target.requests()).hasSize(3);
      assertThat(api.history(id, "attempts"))
          .extracting(Api::state)
          .containsExactly("FAILED", "FAILED", "SUCCEEDED");
      assertThat(api.history(id, "attempts").getFirst().path("error").asString()).contains("503");
      assertThat(api.history(id, "events").getLast().path("type").asString())
          .isEqualTo("task.succeeded");
    }
  }

  @Test
  void failsWhenTheAttemptsAreUsedUpAndKeepsTheError() {
    try (var target = TestServer.answering(500);
        var inbox = WebhookInbox.open()) {
      var submission = aRequest(target).put("maxAttempts", 2);
      var id = api.submit(submission.set("callback", inbox.callback()));
      var task = api.awaitEnd(id);

      assertThat(Api.state(task)).isEqualTo("FAILED");
      assertThat(task.path("attempts").asInt()).isEqualTo(2);
      assertThat(task.path("error").path("reason").asString()).contains("500");
      assertThat(task.path("error").path("permanent").asBoolean()).isFalse();
      await("webhook").until(() -> !inbox.messages(id).isEmpty());
      assertThat(inbox.messages(id))
          .singleElement()
          .satisfies(message -> assertThat(message.event()).isEqualTo("task.failed"));
    }
  }

  @Test
  void doesNotRepeatWhatIsPermanent() {
    try (var target = TestServer.answering(404)) {
      var task = api.awaitEnd(api.submit(aRequest(target)));

      assertThat(Api.state(task)).isEqualTo("FAILED");
      assertThat(target.requests()).hasSize(1);
      assertThat(task.path("error").path("permanent").asBoolean()).isTrue();
    }
  }

  @Test
  void honoursRetryAfter() {
    var later = Reply.status(429).with("Retry-After", "2");
    try (var target = TestServer.start((n, request) -> n == 1 ? later : Reply.status(200))) {
      var id = api.submit(aRequest(target));
      api.awaitEnd(id);

      var attempts = api.history(id, "attempts");
      assertThat(attempts).hasSize(2);
      assertThat(instant(attempts.getLast(), "startedAt"))
          .isAfterOrEqualTo(instant(attempts.getFirst(), "endedAt").plus(Duration.ofMillis(1900)));
    }
  }

  @Test
  void showsThatATaskWaitsForItsNextAttempt() {
    try (var target = TestServer.answering(503)) {
      var submission = aRequest(target).put("maxAttempts", 2);
      submission.putObject("retry").put("initial", "1h").put("max", "1h");

      var id = api.submit(submission);
      var task = api.awaitState(id, "RETRYING");

      assertThat(task.path("attempts").asInt()).isEqualTo(1);
      assertThat(task.path("runAt").asString()).isNotBlank();
      assertThat(api.history(id, "attempts"))
          .singleElement()
          .satisfies(attempt -> assertThat(attempt.path("error").asString()).contains("503"));
    }
  }

  private static ObjectNode aRequest(TestServer target) {
    var payload = Map.of("method", "POST", "url", target.url("/work"), "body", "x");
    var task = aTask("http.request", payload);
    task.putObject("retry").put("initial", "100ms").put("max", "200ms");
    return task;
  }

  private static Instant instant(JsonNode node, String field) {
    return Instant.parse(node.path(field).asString());
  }
}
