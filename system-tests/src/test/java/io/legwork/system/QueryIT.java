package io.legwork.system;

import static io.legwork.system.Api.aTask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Finding tasks and reading their history. */
class QueryIT {

  private final Api api = Legwork.shared().api();
  private final String tag = "query-" + UUID.randomUUID();

  @Test
  void listsByTagNewestFirstPageByPage() {
    var ids = api.submitAll(IntStream.range(0, 25).mapToObj(n -> tagged("echo", n)).toList());

    var pages = pages("tag=" + tag + "&limit=10");

    assertThat(pages).extracting(List::size).containsExactly(10, 10, 5);
    var listed = pages.stream().flatMap(List::stream).toList();
    assertThat(listed).containsExactlyElementsOf(ids.reversed());
  }

  @Test
  void keepsPagesApartWhileTasksEndAndArrive() {
    var ids = api.submitAll(IntStream.range(0, 20).mapToObj(n -> tagged("echo", n)).toList());
    var first = api.get("/v1/tasks?limit=10&tag=" + tag).expect(200);
    api.submitAll(IntStream.range(0, 5).mapToObj(n -> tagged("echo", n)).toList());

    var second = next("limit=10&tag=" + tag, first);

    var seen = new HashSet<>(ids(first));
    assertThat(seen.addAll(ids(second))).isTrue();
    assertThat(seen).containsExactlyInAnyOrderElementsOf(ids);
  }

  @Test
  void filtersByStateAndTypeAndTime() {
    var waiting = api.submit(tagged("echo", 1).put("delay", "1h"));
    var done = api.submit(tagged("echo", 2));
    api.awaitEnd(done);

    assertThat(list("tag=" + tag + "&state=SCHEDULED")).containsExactly(waiting);
    assertThat(list("tag=" + tag + "&state=SUCCEEDED")).containsExactly(done);
    assertThat(list("tag=" + tag + "&type=echo")).containsExactly(done, waiting);
    assertThat(list("tag=" + tag + "&type=http.request")).isEmpty();
    assertThat(list("tag=" + tag + "&queue=default")).hasSize(2);
    assertThat(list("tag=" + tag + "&submittedAfter=" + encoded(Instant.now().plusSeconds(60))))
        .isEmpty();
    assertThat(list("tag=" + tag + "&submittedAfter=" + encoded(Instant.now().minusSeconds(600))))
        .hasSize(2);
  }

  @Test
  void showsWhatWasSubmitted() {
    var submission = tagged("echo", Map.of("a", 1)).put("priority", "high").put("maxAttempts", 3);
    submission.putObject("metadata").put("customer", "42");
    var task = api.task(api.submit(submission));

    assertThat(task.path("priority").asString()).isEqualTo("high");
    assertThat(task.path("maxAttempts").asInt()).isEqualTo(3);
    assertThat(task.path("tags")).hasToString("[\"" + tag + "\"]");
    assertThat(task.path("metadata")).hasToString("{\"customer\":\"42\"}");
  }

  @Test
  void tellsTheHistoryOfATask() {
    try (var inbox = WebhookInbox.open()) {
      var id = api.submit(tagged("echo", 1).set("callback", inbox.callback()));
      api.awaitEnd(id);
      await("delivery")
          .until(() -> api.history(id, "deliveries").stream().anyMatch(QueryIT::isDelivered));

      assertThat(api.history(id, "events"))
          .singleElement()
          .satisfies(
              event -> assertThat(event.path("type").asString()).isEqualTo("task.succeeded"));
      assertThat(api.history(id, "attempts"))
          .singleElement()
          .satisfies(attempt -> assertThat(Api.state(attempt)).isEqualTo("SUCCEEDED"));
      assertThat(api.history(id, "deliveries"))
          .singleElement()
          .satisfies(delivery -> {
            assertThat(delivery.path("url").asString()).endsWith("/inbox");
            assertThat(delivery.path("attempts")).hasSize(1);
            assertThat(delivery.path("attempts").path(0).path("status").asInt()).isEqualTo(204);
          });
    }
  }

  @Test
  void answers304ToAClientThatHasTheTaskAlready() {
    var id = api.submit(tagged("echo", 1));
    api.awaitEnd(id);
    var tagOfTask = api.get("/v1/tasks/" + id).expect(200).header("ETag").orElseThrow();

    api.get("/v1/tasks/" + id, "If-None-Match", tagOfTask).expect(304);
    api.get("/v1/tasks/" + id, "If-None-Match", "\"other\"").expect(200);
  }

  @Test
  void doesNotKnowATaskThatWasNeverSubmitted() {
    var path = "/v1/tasks/" + UUID.randomUUID();
    for (var below : List.of("", "/events", "/attempts", "/deliveries")) {
      api.get(path + below).expectProblem(404);
    }
  }

  @Test
  void refusesWhatCannotBeAsked() {
    api.get("/v1/tasks/not-an-id").expectProblem(400, 404);
    api.get("/v1/tasks?limit=0").expectProblem(400, 422);
    api.get("/v1/tasks?limit=many").expectProblem(400, 422);
    api.get("/v1/tasks?state=SLEEPING").expectProblem(400, 422);
    api.get("/v1/tasks?submittedAfter=yesterday").expectProblem(400, 422);
    api.get("/v1/tasks?cursor=nonsense").expectProblem(400, 422);
  }

  private List<List<String>> pages(String query) {
    var pages = new ArrayList<List<String>>();
    var answer = api.get("/v1/tasks?" + query).expect(200);
    pages.add(ids(answer));
    while (!answer.text("nextCursor").isEmpty()) {
      answer = next(query, answer);
      pages.add(ids(answer));
    }
    return pages;
  }

  private Answer next(String query, Answer answer) {
    var cursor = URLEncoder.encode(answer.text("nextCursor"), StandardCharsets.UTF_8);
    return api.get("/v1/tasks?" + query + "&cursor=" + cursor).expect(200);
  }

  private List<String> list(String query) {
    return ids(api.get("/v1/tasks?" + query).expect(200));
  }

  private ObjectNode tagged(String type, Object payload) {
    var task = aTask(type, payload);
    task.putArray("tags").add(tag);
    return task;
  }

  private static List<String> ids(Answer answer) {
    return answer.body().path("items").valueStream().map(QueryIT::id).toList();
  }

  private static String id(JsonNode task) {
    return task.path("id").asString();
  }

  private static boolean isDelivered(JsonNode delivery) {
    return Api.state(delivery).equals("DELIVERED");
  }

  private static String encoded(Instant time) {
    return URLEncoder.encode(time.toString(), StandardCharsets.UTF_8);
  }
}
