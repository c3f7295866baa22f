package io.legwork.system;

import static io.legwork.system.Api.aTask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.legwork.system.TestServer.Reply;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** POST a task, a worker runs it, the result is kept, a signed webhook arrives. */
class WholePathIT {

  private static final Path DATA = Path.of("..", "examples", "data");

  private final Legwork legwork = Legwork.shared();
  private final Api api = legwork.api();

  @Test
  void callsAUrlAndTellsTheApplication() {
    try (var target = TestServer.start((n, request) -> json("{\"made\":\"coffee\"}"))) {
      var task = run(aTask("http.request", Map.of("method", "GET", "url", target.url("/coffee"))));

      assertThat(target.requests()).singleElement().extracting("path").isEqualTo("/coffee");
      assertThat(task.path("result").path("status").asInt()).isEqualTo(200);
      assertThat(task.path("result").toString()).contains("coffee");
    }
  }

  @Test
  void makesAThumbnail() throws Exception {
    try (var source = serving("rocket.jpg", "image/jpeg")) {
      var payload = Map.of("source", source.url("/rocket.jpg"), "width", 160, "format", "jpeg");
      var result = run(aTask("image.thumbnail", payload)).path("result");

      var bytes = Base64.getDecoder().decode(result.path("picture").asString());
      var picture = ImageIO.read(new ByteArrayInputStream(bytes));
      assertThat(picture.getWidth()).isEqualTo(160);
      assertThat(picture.getHeight()).isBetween(106, 107);
      assertThat(result.path("sha256").asString())
          .isEqualTo(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)));
    }
  }

  @Test
  void profilesACsvFile() throws IOException {
    try (var source = serving("seattle-weather.csv", "text/csv")) {
      var payload = Map.of("source", source.url("/seattle-weather.csv"));
      var result = run(aTask("csv.profile", payload)).path("result");

      assertThat(result.path("rows").asInt()).isEqualTo(1461);
      assertThat(result.path("columns").valueStream().map(column -> column.path("name").asString()))
          .containsExactly("date", "precipitation", "temp_max", "temp_min", "wind", "weather");
    }
  }

  @Test
  void acceptsWith202AndTheTasksAddress() {
    var answer = api.post("/v1/tasks", aTask("echo", Map.of("a", 1))).expect(202);

    var id = answer.text("id");
    assertThat(answer.header("Location")).contains("/v1/tasks/" + id);
    assertThat(answer.text("type")).isEqualTo("echo");
    assertThat(answer.text("queue")).isEqualTo("default");
    assertThat(answer.body().path("attempts").asInt(-1)).isZero();
    assertThat(api.awaitEnd(id).path("result")).hasToString("{\"a\":1}");
  }

  @Test
  void runsATaskNoEarlierThanItsDelaySays() {
    var id = api.submit(aTask("echo", "later").put("delay", "1s"));

    assertThat(Api.state(api.task(id))).isEqualTo("SCHEDULED");
    var task = api.awaitEnd(id);
    assertThat(instant(task, "startedAt"))
        .isAfterOrEqualTo(instant(task, "submittedAt").plusSeconds(1));
  }

  @Test
  void runsATaskNoEarlierThanItsTimeSays() {
    var runAt = Instant.now().plusMillis(1500);
    var id = api.submit(aTask("echo", "later").put("runAt", runAt.toString()));

    assertThat(instant(api.awaitEnd(id), "startedAt")).isAfterOrEqualTo(runAt.minusMillis(1));
  }

  /** Runs a task that must succeed at once, with its webhook; returns it. */
  private JsonNode run(ObjectNode submission) {
    try (var inbox = WebhookInbox.open()) {
      var id = api.submit(submission.set("callback", inbox.callback()));
      var task = api.awaitEnd(id);
      assertThat(Api.state(task)).as(task::toString).isEqualTo("SUCCEEDED");
      assertThat(task.path("attempts").asInt()).isEqualTo(1);
      await("webhook").until(() -> !inbox.messages(id).isEmpty());
      assertThat(inbox.messages(id))
          .singleElement()
          .satisfies(message -> {
            assertThat(message.valid()).isTrue();
            assertThat(message.event()).isEqualTo("task.succeeded");
          });
      return task;
    }
  }

  private static Instant instant(JsonNode task, String field) {
    return Instant.parse(task.path(field).asString());
  }

  private static TestServer serving(String file, String contentType) throws IOException {
    var bytes = Files.readAllBytes(DATA.resolve(file));
    return TestServer.start((number, request) -> Reply.of(bytes, contentType));
  }

  private static Reply json(String text) {
    return Reply.of(text.getBytes(StandardCharsets.UTF_8), "application/json");
  }
}
