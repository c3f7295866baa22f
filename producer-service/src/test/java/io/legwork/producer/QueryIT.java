package io.legwork.producer;

import static org.assertj.core.api.Assertions.assertThat;

import io.legwork.producer.ProducerUnderTest.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class QueryIT {

  private final ProducerUnderTest producer = ProducerUnderTest.shared();
  private final String tag = "tag-" + UUID.randomUUID();

  @Test
  void showsATaskThatSucceeded() {
    String id = submitted();

    producer.succeed(id, "{\"sum\": 1.5, \"list\":[1,  2]}");

    Answer task = producer.get("/v1/tasks/" + id);
    assertThat(task.text("state")).isEqualTo("SUCCEEDED");
    assertThat(task.body().path("attempts").asInt()).isEqualTo(1);
    assertThat(task.body().path("result").toString()).isEqualTo("{\"sum\":1.5,\"list\":[1,2]}");
    assertThat(task.text("startedAt")).isBetween(task.text("submittedAt"), task.text("finishedAt"));
    assertThat(task.body().has("error")).isFalse();
  }

  @Test
  void showsHowFarATaskHasComeUntilItHasSucceeded() {
    String id = submitted();

    producer.progress(id, 40, "page 4 of 10");

    JsonNode progress = producer.get("/v1/tasks/" + id).body().path("progress");
    assertThat(progress.path("percent").asInt()).isEqualTo(40);
    assertThat(progress.path("message").asString()).isEqualTo("page 4 of 10");
    assertThat(progress.path("attempt").asInt()).isEqualTo(1);
    producer.succeed(id, "1");
    assertThat(producer.get("/v1/tasks/" + id).body().has("progress")).isFalse();
  }

  @Test
  void showsWhyATaskFailed() {
    String id = submitted();

    producer.fail(id, "no such file");

    JsonNode error = producer.get("/v1/tasks/" + id).body().path("error");
    assertThat(error.path("reason").asString()).isEqualTo("no such file");
    assertThat(error.path("permanent").asBoolean()).isTrue();
    assertThat(error.path("attempt").asInt()).isEqualTo(1);
    assertThat(error.path("at").asString()).endsWith("Z");
  }

  @Test
  void showsTheHistoryOfATask() {
    String id = submitted();
    producer.fail(id, "no such file");

    JsonNode event = producer.get("/v1/tasks/" + id + "/events").body().at("/items/0");
    JsonNode attempt = producer.get("/v1/tasks/" + id + "/attempts").body().at("/items/0");

    assertThat(event.path("type").asString()).isEqualTo("task.failed");
    assertThat(event.path("sequence").asInt()).isEqualTo(1);
    assertThat(event.path("attempt").asInt()).isEqualTo(1);
    assertThat(event.path("error").asString()).isEqualTo("no such file");
    assertThat(attempt.path("state").asString()).isEqualTo("FAILED");
    assertThat(attempt.path("error").asString()).isEqualTo("no such file");
    assertThat(attempt.path("endedAt").asString())
        .isGreaterThan(attempt.path("startedAt").asString());
  }

  @Test
  void saysThatNothingHasChanged() {
    String id = submitted();
    Answer first = producer.get("/v1/tasks/" + id);

    Answer again = producer.get("/v1/tasks/" + id, "If-None-Match", first.header("ETag"));
    producer.succeed(id, "1");
    Answer changed = producer.get("/v1/tasks/" + id, "If-None-Match", first.header("ETag"));

    assertThat(first.header("ETag")).matches("\"[0-9a-f]+\"");
    assertThat(again.status()).isEqualTo(304);
    assertThat(changed.status()).isEqualTo(200);
  }

  @Test
  void waitsForTheEnd() {
    String id = submitted();
    CompletableFuture<Answer> waiting =
        CompletableFuture.supplyAsync(() -> producer.get("/v1/tasks/" + id, "Prefer", "wait=20"));

    producer.succeed(id, "1");

    assertThat(waiting.join().text("state")).isEqualTo("SUCCEEDED");
    assertThat(waiting.join().header("Preference-Applied")).isEqualTo("wait=20");
  }

  @Test
  void listsTasksNewestFirstPageByPage() {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      ids.addFirst(submitted());
    }
    producer.succeed(ids.get(2), "1");

    List<String> listed = new ArrayList<>();
    String cursor = "";
    int pages = 0;
    do {
      Answer page = producer.get("/v1/tasks?limit=2&tag=" + tag + cursor);
      page.body().path("items").forEach(item -> listed.add(item.path("id").asString()));
      cursor = page.body().has("nextCursor") ? "&cursor=" + page.text("nextCursor") : "";
      pages++;
    } while (!cursor.isEmpty());

    assertThat(listed).isEqualTo(ids);
    assertThat(pages).isEqualTo(3);
  }

  @Test
  void filters() {
    String open = submitted();
    String over = submitted();
    producer.succeed(over, "1");

    assertThat(listed("state=SUCCEEDED")).containsExactly(over);
    assertThat(listed("state=QUEUED")).containsExactly(open);
    assertThat(listed("type=echo")).containsExactly(over, open);
    assertThat(listed("type=image.thumbnail")).isEmpty();
    assertThat(listed("queue=default")).hasSize(2);
    assertThat(listed("queue=bulk")).isEmpty();
    assertThat(listed("submittedAfter=2020-01-01T00:00:00Z")).hasSize(2);
    assertThat(listed("submittedAfter=2999-01-01T00:00:00Z")).isEmpty();
    assertThat(listed("type=%27%20or%201=1--")).isEmpty();
  }

  @Test
  void refusesTheCursorOfAnotherList() {
    submitted();
    submitted();
    String cursor = producer.get("/v1/tasks?limit=1&tag=" + tag).text("nextCursor");

    Answer other = producer.get("/v1/tasks?limit=1&cursor=" + cursor);
    Answer tampered =
        producer.get("/v1/tasks?limit=1&tag=" + tag + "&cursor=AAAA" + cursor.substring(4));

    assertThat(other.text("code")).isEqualTo("invalid-cursor");
    assertThat(tampered.text("code")).isEqualTo("invalid-cursor");
  }

  private List<String> listed(String filter) {
    return producer
        .get("/v1/tasks?tag=" + tag + "&" + filter)
        .body()
        .path("items")
        .valueStream()
        .map(item -> item.path("id").asString())
        .toList();
  }

  private String submitted() {
    return producer
        .post("/v1/tasks", "{'type':'echo','payload':1,'tags':['" + tag + "']}")
        .text("id");
  }
}
