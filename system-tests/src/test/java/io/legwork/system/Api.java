package io.legwork.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.legwork.local.service.RunKey;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** An HTTP client of Legwork's API that neither hides nor mends anything. */
final class Api {

  static final Set<String> TERMINAL = Set.of("SUCCEEDED", "FAILED", "CANCELLED", "EXPIRED");

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final URI base;

  Api(URI base) {
    this.base = base;
  }

  /** A task as it is submitted, to be completed by the caller. */
  static ObjectNode aTask(String type, Object payload) {
    var task = JSON.createObjectNode().put("type", type);
    task.set("payload", JSON.valueToTree(payload));
    return task;
  }

  static ObjectNode aBatch(List<? extends JsonNode> tasks) {
    var batch = JSON.createObjectNode();
    batch.putArray("tasks").addAll(tasks);
    return batch;
  }

  Answer get(String path, String... headers) {
    return send(HttpRequest.newBuilder(base.resolve(path)), headers);
  }

  Answer delete(String path, String... headers) {
    return send(HttpRequest.newBuilder(base.resolve(path)).DELETE(), headers);
  }

  Answer post(String path, JsonNode body, String... headers) {
    return post(path, body.toString(), headers);
  }

  Answer post(String path, String body, String... headers) {
    return post(path, BodyPublishers.ofString(body), headers);
  }

  /** Posts without saying beforehand how long the body is. */
  Answer postChunked(String path, String body) {
    var bytes = body.getBytes(StandardCharsets.UTF_8);
    return post(path, BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(bytes)));
  }

  /** Submits a task that must be accepted; returns its id. */
  String submit(JsonNode task) {
    return post("/v1/tasks", task).expect(202).text("id");
  }

  /** Submits tasks that must all be accepted; returns their ids in order. */
  List<String> submitAll(List<? extends JsonNode> tasks) {
    var answer = post("/v1/tasks/batch", aBatch(tasks)).expect(200);
    var items = answer.body().path("items").valueStream().toList();
    assertThat(items)
        .hasSize(tasks.size())
        .allSatisfy(item -> assertThat(item.path("status").asInt()).isEqualTo(202));
    return items.stream().map(item -> item.path("id").asString()).toList();
  }

  JsonNode task(String id) {
    return get("/v1/tasks/" + id).expect(200).body();
  }

  /** Waits until a task has ended; returns it. */
  JsonNode awaitEnd(String id) {
    return await("task " + id + " ends")
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> task(id), task -> TERMINAL.contains(state(task)));
  }

  JsonNode awaitState(String id, String state) {
    return await("task " + id + " is " + state)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> task(id), task -> state.equals(state(task)));
  }

  /** The items of one of a task's histories: events, attempts or deliveries. */
  List<JsonNode> history(String id, String kind) {
    var answer = get("/v1/tasks/" + id + "/" + kind).expect(200);
    return answer.body().path("items").valueStream().toList();
  }

  static String state(JsonNode task) {
    return task.path("state").asString("");
  }

  private Answer post(String path, BodyPublisher body, String... headers) {
    var request = HttpRequest.newBuilder(base.resolve(path)).POST(body);
    if (!List.of(headers).contains("Content-Type")) {
      request.header("Content-Type", "application/json");
    }
    return send(request, headers);
  }

  private Answer send(HttpRequest.Builder request, String... headers) {
    if (!List.of(headers).contains(RunKey.HEADER)) {
      request.header(RunKey.HEADER, RunKey.header());
    }
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    long start = System.nanoTime();
    try {
      var response =
          http.send(request.timeout(Duration.ofSeconds(40)).build(), BodyHandlers.ofString());
      var took = Duration.ofNanos(System.nanoTime() - start);
      return new Answer(response.statusCode(), response.headers(), read(response.body()), took);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static JsonNode read(String body) {
    try {
      return JSON.readTree(body);
    } catch (JacksonException e) {
      return JSON.getNodeFactory().stringNode(body);
    }
  }
}
