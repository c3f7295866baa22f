package io.legwork.demo;

import io.legwork.demo.PatientHttp.Absence;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Legwork's HTTP API, as far as the demo needs it. */
final class LegworkApi implements AutoCloseable {

  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  /** Longer than a service or one of its servers takes to start again. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final JsonMapper json = JsonMapper.shared();
  private final PatientHttp http = new PatientHttp(PATIENCE);
  private final URI producer;
  private final URI management;
  private final URI notifier;
  private final String key;

  /**
   * @param key what Legwork is shown with every request; empty for none
   */
  LegworkApi(URI producer, URI management, URI notifier, String key) {
    this.producer = producer;
    this.management = management;
    this.notifier = notifier;
    this.key = key;
  }

  /**
   * Makes sure that Legwork is there.
   *
   * @throws DemoException if it is not, saying what to do
   */
  void requirePresence() {
    var newest = request(URI.create(producer + "/v1/tasks?limit=1")).build();
    expect(send(newest, Absence.FAIL), 200, "asking for the newest task");
    // Whatever the notifier answers at its root, it is there.
    send(request(URI.create(notifier + "/")).build(), Absence.FAIL);
  }

  /** Submits one task; returns its id. */
  String submit(Map<String, Object> task) {
    var response = expect(send(post("/v1/tasks", task)), 202, "submitting a task");
    return read(response).path("id").asString();
  }

  /** Submits tasks with one request; returns their ids in the same order. */
  List<String> submitBatch(List<Map<String, Object>> tasks) {
    var request = post("/v1/tasks/batch", Map.of("tasks", tasks));
    var response = expect(send(request), 200, "submitting a batch");
    var ids = new ArrayList<String>(tasks.size());
    for (var item : read(response).path("items")) {
      if (item.path("status").asInt() != 202) {
        throw new DemoException("A task of the batch was refused: " + describe(item));
      }
      ids.add(item.path("id").asString());
    }
    if (ids.size() != tasks.size()) {
      throw new DemoException(
          "The batch had %,d tasks, the answer %,d items".formatted(tasks.size(), ids.size()));
    }
    return ids;
  }

  /** Looks a task up. */
  Task task(String id) {
    var response = expect(get(taskUrl(id)), 200, "looking up task " + id);
    try {
      return json.readValue(response.body(), Task.class);
    } catch (JacksonException e) {
      throw new DemoException("Task " + id + " cannot be read: " + e.getMessage(), e);
    }
  }

  URI taskUrl(String id) {
    return URI.create(producer + "/v1/tasks/" + id);
  }

  /** What Legwork counts about itself; empty where it does not tell. */
  Optional<Counters> counters() {
    try {
      var url = URI.create(management + "/actuator/prometheus");
      var request = HttpRequest.newBuilder(url).timeout(TIMEOUT).build();
      return Counters.in(send(request, Absence.FAIL).body());
    } catch (DemoException e) {
      return Optional.empty();
    }
  }

  /** How many requests had to be sent again, for Legwork could not answer them for a while. */
  int repeated() {
    return http.repeated();
  }

  @Override
  public void close() {
    http.close();
  }

  /** A submission. The key makes it harmless to send it again. */
  private HttpRequest post(String path, Object body) {
    return request(URI.create(producer + path))
        .header("Content-Type", "application/json")
        .header("Idempotency-Key", "\"" + UUID.randomUUID() + "\"")
        .POST(BodyPublishers.ofByteArray(json.writeValueAsBytes(body)))
        .build();
  }

  private HttpResponse<String> get(URI url) {
    return send(request(url).build());
  }

  private HttpRequest.Builder request(URI url) {
    var request = HttpRequest.newBuilder(url).timeout(TIMEOUT);
    return key.isEmpty() ? request : request.header("Authorization", "Bearer " + key);
  }

  private HttpResponse<String> send(HttpRequest request) {
    return send(request, Absence.WAIT);
  }

  private HttpResponse<String> send(HttpRequest request, Absence absence) {
    try {
      return http.send(request, absence);
    } catch (IOException e) {
      var base = request.uri().getScheme() + "://" + request.uri().getAuthority();
      throw new DemoException(
          """
          Legwork does not answer at %s (%s).
          Start it with `./legwork up`; `./legwork status` shows what is running and where.\
          """
              .formatted(base, reason(e)),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DemoException("interrupted", e);
    }
  }

  private static String reason(IOException e) {
    var message = e.getMessage();
    return message == null || message.isBlank() ? "connection refused" : message;
  }

  private HttpResponse<String> expect(HttpResponse<String> response, int status, String doing) {
    if (response.statusCode() != status) {
      throw new DemoException(
          """
          Legwork answered %d instead of %d when %s: %s
          `./legwork status` shows which part is missing, `./legwork logs` what it says.\
          """
              .formatted(response.statusCode(), status, doing, describe(read(response))));
    }
    return response;
  }

  private JsonNode read(HttpResponse<String> response) {
    try {
      return json.readTree(response.body());
    } catch (JacksonException e) {
      return json.getNodeFactory().stringNode(response.body());
    }
  }

  /** A problem in one line, or whatever else was answered. */
  private static String describe(JsonNode answer) {
    var problem = answer.path("problem").isObject() ? answer.path("problem") : answer;
    var detail = problem.path("detail").asString(problem.path("title").asString(""));
    var text = detail.isEmpty() ? problem.toString() : detail;
    return text.length() <= 300 ? text : text.substring(0, 300) + "...";
  }
}
