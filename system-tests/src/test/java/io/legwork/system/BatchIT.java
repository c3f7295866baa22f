package io.legwork.system;

import static io.legwork.system.Api.aBatch;
import static io.legwork.system.Api.aTask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Many tasks with one request. */
class BatchIT {

  private final Legwork legwork = Legwork.shared();
  private final Api api = legwork.api();
  private final String tag = "batch-" + UUID.randomUUID();

  @Test
  void answersForEachTaskInOrder() {
    var batch =
        aBatch(
            List.of(
                aTask("echo", 1),
                aTask("no.such.type", 2),
                aTask("echo", 3).put("maxAttempts", 0),
                aTask("echo", 4)));

    var answer = api.post("/v1/tasks/batch", batch).expect(200);

    var items = answer.body().path("items").valueStream().toList();
    assertThat(items)
        .extracting(item -> item.path("status").asInt())
        .containsExactly(202, 422, 422, 202);
    assertThat(answer.body().path("accepted").asInt()).isEqualTo(2);
    assertThat(answer.body().path("refused").asInt()).isEqualTo(2);
    assertThat(items.get(1).path("problem").path("detail").asString()).contains("http.request");
    assertThat(items.get(2).path("problem").toString()).contains("maxAttempts");
    var last = items.get(3);
    assertThat(last.path("location").asString()).isEqualTo("/v1/tasks/" + id(last));
    assertThat(api.awaitEnd(id(last)).path("result").asInt()).isEqualTo(4);
  }

  @Test
  void refusesABatchThatIsTooLargeOrEmptyOrNone() {
    var tooMany = IntStream.rangeClosed(1, 1001).mapToObj(n -> aTask("echo", n)).toList();

    api.post("/v1/tasks/batch", aBatch(tooMany)).expectProblem(400, 413, 422);
    api.post("/v1/tasks/batch", aBatch(List.of())).expectProblem(400, 422);
    api.post("/v1/tasks/batch", "{\"tasks\":7}").expectProblem(400, 422);
    api.post("/v1/tasks/batch", "{}").expectProblem(400, 422);
  }

  @Test
  void acceptsAThousandTasksInOneCommit() {
    api.submitAll(aThousand().stream().map(task -> task.put("delay", "1h")).toList());

    assertThat(
            legwork.count(
                "select count(distinct xmin::text) from task_input where tags @> array[?::text]",
                tag))
        .isEqualTo(1);
    assertThat(legwork.count("select count(*) from task_input where tags @> array[?::text]", tag))
        .isEqualTo(1000);
  }

  @Test
  void finishesTwoBatchesWithNoneMissingAndNothingLeftInTheQueues() {
    var ids = new ArrayList<>(api.submitAll(aThousand()));
    ids.addAll(api.submitAll(aThousand()));

    await("2,000 tasks")
        .atMost(Duration.ofSeconds(90))
        .until(() -> tagged("SUCCEEDED"), count -> count == 2000);
    assertThat(listed()).containsExactlyInAnyOrderElementsOf(ids);
    await("empty queues")
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() ->
            assertThat(legwork.messages())
                .isNotEmpty()
                .allSatisfy((queue, messages) -> assertThat(messages).as(queue).isZero()));
  }

  private List<ObjectNode> aThousand() {
    return IntStream.range(0, 1000)
        .mapToObj(n -> {
          var task = aTask("echo", Map.of("n", n));
          task.putArray("tags").add(tag);
          return task;
        })
        .toList();
  }

  private long tagged(String state) {
    return pages("state=" + state).mapToLong(page -> page.path("items").size()).sum();
  }

  private List<String> listed() {
    return pages("state=SUCCEEDED")
        .flatMap(page -> page.path("items").valueStream())
        .map(BatchIT::id)
        .toList();
  }

  private Stream<JsonNode> pages(String filter) {
    var query = "/v1/tasks?limit=100&tag=" + tag + "&" + filter;
    return Stream.iterate(
        api.get(query).expect(200).body(),
        page -> !page.isMissingNode(),
        page ->
            page.has("nextCursor")
                ? api.get(query + "&cursor=" + page.path("nextCursor").asString()).body()
                : page.path("none"));
  }

  private static String id(JsonNode item) {
    return item.path("id").asString();
  }
}
