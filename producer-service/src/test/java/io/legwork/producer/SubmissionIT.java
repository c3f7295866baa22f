package io.legwork.producer;

import static org.assertj.core.api.Assertions.assertThat;

import io.legwork.producer.ProducerUnderTest.Answer;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

class SubmissionIT {

  private static final String TASK = "{'type':'echo','payload':{'n':1}}";

  private final ProducerUnderTest producer = ProducerUnderTest.shared();

  @Test
  void acceptsATask() {
    Answer answer =
        producer.post(
            "/v1/tasks",
            "{'type':'echo','payload':{'n':1},'tags':['a'],'metadata':{'order':'4711'}}");

    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.header("Location")).isEqualTo("/v1/tasks/" + answer.text("id"));
    assertThat(answer.header("Content-Type")).isEqualTo("application/json");
    assertThat(answer.header("Vary")).contains("Prefer");
    assertThat(answer.text("state")).isEqualTo("QUEUED");
    assertThat(producer.get(answer.header("Location")).body()).isEqualTo(answer.body());
  }

  @Test
  void acceptsATaskForLater() {
    Answer delayed = producer.post("/v1/tasks", "{'type':'echo','payload':1,'delay':'1h'}");
    Answer dated =
        producer.post("/v1/tasks", "{'type':'echo','payload':1,'runAt':'2999-01-01T00:00:00Z'}");
    Answer past =
        producer.post("/v1/tasks", "{'type':'echo','payload':1,'runAt':'2001-01-01T00:00:00Z'}");

    assertThat(delayed.text("state")).isEqualTo("SCHEDULED");
    assertThat(delayed.text("runAt")).isGreaterThan(delayed.text("submittedAt"));
    assertThat(dated.text("runAt")).isEqualTo("2999-01-01T00:00:00Z");
    assertThat(past.text("state")).isEqualTo("QUEUED");
  }

  @Test
  void countsWhatItAccepts() {
    producer.post("/v1/tasks", "{'type':'image.thumbnail','payload':1,'queue':'bulk'}");

    assertThat(producer.metrics())
        .containsPattern(
            "legwork_tasks_submitted_total\\{.*outcome=\"accepted\","
                + "queue=\"bulk\",type=\"image.thumbnail\".*\\} [1-9]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"%s", "\"%s\""})
  void answersARepeatedKeyWithTheFirstTask(String form) {
    String key = form.formatted(UUID.randomUUID());
    Answer first = producer.post("/v1/tasks", TASK, "Idempotency-Key", key);
    int stored = producer.stored();

    Answer again =
        producer.post(
            "/v1/tasks", "{ 'payload' : {'n':1.0} , 'type':'echo' }", "Idempotency-Key", key);

    assertThat(first.header("Idempotent-Replayed")).isEmpty();
    assertThat(again.status()).isEqualTo(202);
    assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
    assertThat(again.header("Location")).isEqualTo(first.header("Location"));
    assertThat(again.text("id")).isEqualTo(first.text("id"));
    assertThat(producer.stored()).isEqualTo(stored);
  }

  @Test
  void takesAQuotedAndAPlainKeyForTheSame() {
    String key = UUID.randomUUID().toString();
    Answer first = producer.post("/v1/tasks", TASK, "Idempotency-Key", key);

    Answer again = producer.post("/v1/tasks", TASK, "Idempotency-Key", '"' + key + '"');

    assertThat(again.text("id")).isEqualTo(first.text("id"));
  }

  @Test
  void refusesAKeyThatWasUsedForAnotherTask() {
    String key = UUID.randomUUID().toString();
    producer.post("/v1/tasks", TASK, "Idempotency-Key", key);
    int stored = producer.stored();

    Answer other =
        producer.post("/v1/tasks", "{'type':'echo','payload':{'n':2}}", "Idempotency-Key", key);

    assertThat(other.status()).isEqualTo(422);
    assertThat(other.text("code")).isEqualTo("idempotency-key-reused");
    assertThat(producer.stored()).isEqualTo(stored);
  }

  @Test
  void acceptsAKeyOnceHoweverManySendItAtTheSameTime() {
    String key = UUID.randomUUID().toString();

    List<CompletableFuture<Answer>> answers =
        IntStream.range(0, 20)
            .mapToObj(i ->
                CompletableFuture.supplyAsync(
                    () -> producer.post("/v1/tasks", TASK, "Idempotency-Key", key)))
            .toList();

    assertThat(answers.stream().map(answer -> answer.join().text("id")).distinct()).hasSize(1);
    assertThat(answers).allMatch(answer -> answer.join().status() == 202);
  }

  @Test
  void waitsForTheEndOfTheTask() {
    CompletableFuture<Answer> waiting =
        CompletableFuture.supplyAsync(() ->
            producer.post(
                "/v1/tasks", "{'type':'echo','payload':1,'tags':['waits']}", "Prefer", "wait=20"));
    String id =
        Awaitility.await()
            .until(
                () -> producer.get("/v1/tasks?tag=waits").body().path("items"),
                items -> !items.isEmpty())
            .path(0)
            .path("id")
            .asString();

    producer.succeed(id, "{\"echo\":1}");

    Answer answer = waiting.join();
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Preference-Applied")).isEqualTo("wait=20");
    assertThat(answer.text("state")).isEqualTo("SUCCEEDED");
    assertThat(answer.body().path("result").path("echo").asInt()).isEqualTo(1);
  }

  @Test
  void doesNotWaitLongerThanItWasAskedTo() {
    Answer answer = producer.post("/v1/tasks", TASK, "Prefer", "respond-async, wait=1");

    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.header("Preference-Applied")).isEqualTo("respond-async, wait=1");
    assertThat(answer.text("state")).isEqualTo("QUEUED");
  }

  @Test
  void ignoresPreferencesItDoesNotKnow() {
    Answer answer = producer.post("/v1/tasks", TASK, "Prefer", "return=minimal, wait=soon, x;y=z");

    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.header("Preference-Applied")).isEmpty();
  }

  @Test
  void acceptsAThousandTasksInOneCommit() {
    Answer answer = producer.post("/v1/tasks/batch", batch(Collections.nCopies(1000, TASK)));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body().path("accepted").asInt()).isEqualTo(1000);
    List<UUID> ids =
        answer
            .body()
            .path("items")
            .valueStream()
            .map(item -> UUID.fromString(item.path("id").asString()))
            .toList();
    assertThat(ids).hasSize(1000).doesNotHaveDuplicates().isSorted();
    assertThat(transactions(ids)).isEqualTo(1);
  }

  private int transactions(List<UUID> ids) {
    return JdbcClient.create(producer.bean(DataSource.class))
        .sql("select count(distinct xmin::text) from task where id = any (:ids)")
        .param("ids", ids.toArray(UUID[]::new))
        .query(Integer.class)
        .single();
  }

  @Test
  void answersEachTaskOfABatchInItsPlace() {
    int stored = producer.stored();

    Answer answer =
        producer.post(
            "/v1/tasks/batch",
            batch(
                List.of(
                    TASK,
                    "{'type':'nothing','payload':1}",
                    "{'type':'echo','payload':'\\u0000'}",
                    "7",
                    "{'type':'echo','payload':'%s'}".formatted("x".repeat(300_000)),
                    TASK)));

    List<JsonNode> items = answer.body().path("items").valueStream().toList();
    assertThat(items)
        .extracting(item -> item.path("status").asInt())
        .containsExactly(202, 422, 422, 422, 413, 202);
    assertThat(items)
        .extracting(item -> item.at("/problem/errors/0/pointer").asString())
        .containsExactly("", "#/tasks/1/type", "#/tasks/2/payload", "#/tasks/3", "#/tasks/4", "");
    assertThat(items.getFirst().path("location").asString()).startsWith("/v1/tasks/");
    assertThat(answer.body().path("accepted").asInt()).isEqualTo(2);
    assertThat(answer.body().path("refused").asInt()).isEqualTo(4);
    assertThat(producer.stored()).isEqualTo(stored + 2);
  }

  @Test
  void answersARepeatedBatchWithTheFirstTasks() {
    String key = UUID.randomUUID().toString();
    Answer first =
        producer.post("/v1/tasks/batch", batch(List.of(TASK, TASK)), "Idempotency-Key", key);

    Answer again =
        producer.post(
            "/v1/tasks/batch",
            batch(List.of(TASK, "{'type':'echo','payload':2}", TASK)),
            "Idempotency-Key",
            key);

    assertThat(again.body().at("/items/0/id")).isEqualTo(first.body().at("/items/0/id"));
    assertThat(again.body().at("/items/0/replayed").asBoolean()).isTrue();
    assertThat(again.body().at("/items/1/problem/code").asString())
        .isEqualTo("idempotency-key-reused");
    assertThat(again.body().at("/items/2/status").asInt()).isEqualTo(202);
    assertThat(again.body().at("/items/2/replayed").isMissingNode()).isTrue();
  }

  private static String batch(List<String> tasks) {
    return tasks.stream().collect(Collectors.joining(",", "{'tasks':[", "]}"));
  }
}
