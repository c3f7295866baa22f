package io.legwork.system;

import static io.legwork.system.Api.aTask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.legwork.local.service.RunKey;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A webhook that starts the very task anew whose failure it tells, with a key that may do so. */
class LoopIT {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Legwork legwork = Legwork.shared();
  private final Api api = legwork.api();

  @Test
  void endsWhereItBegins() {
    String task =
        api.submit(
            aTask("http.request", Map.of("url", "http://127.0.0.1:9/")).put("maxAttempts", 1));
    assertThat(Api.state(api.awaitEnd(task))).isEqualTo("FAILED");
    String subscription =
        subscribe(legwork.producer().url().resolve("/v1/tasks/" + task + "/redrive"));
    try {
      api.post("/v1/tasks/" + task + "/redrive", "{}").expect(200);

      await("webhook").atMost(PATIENCE).until(() -> !attempts(task).isEmpty());

      assertThat(attempts(task).getFirst().path("status").asInt()).isEqualTo(508);
      assertThat(attempts(task).getFirst().path("response").asString("")).contains("loop-detected");
      assertThat(Api.state(api.task(task))).isEqualTo("FAILED");
      assertThat(api.history(task, "attempts")).hasSize(2);
    } finally {
      api.delete("/v1/subscriptions/" + subscription);
    }
  }

  private String subscribe(URI url) {
    return api.post(
            "/v1/subscriptions",
            """
            {"name": "loop", "filter": {"states": ["FAILED"]},
             "webhook": {"url": "%s", "headers": {"%s": "%s"}}}
            """
                .formatted(url, RunKey.HEADER, RunKey.header()))
        .expect(201)
        .text("id");
  }

  private List<JsonNode> attempts(String task) {
    return api.history(task, "deliveries").stream()
        .flatMap(delivery -> delivery.path("attempts").valueStream())
        .toList();
  }
}
