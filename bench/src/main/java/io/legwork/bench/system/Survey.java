package io.legwork.bench.system;

import io.legwork.local.service.RunKey;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Lists what became of tasks, through the API as any client would. */
public final class Survey implements AutoCloseable {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int PAGE = 200;
  private static final int OK = 200;

  private final HttpClient http = HttpClient.newHttpClient();
  private final URI base;

  /** A survey of what the producer on this port knows. */
  public Survey(int port) {
    this.base = URI.create("http://127.0.0.1:" + port);
  }

  /**
   * A task as it was listed; times in microseconds of the epoch.
   *
   * @param finishedMicros 0 while it is open
   */
  public record Listed(String state, int attempts, long submittedMicros, long finishedMicros) {

    /** Whether it ended as the benchmark's tasks do. */
    public boolean hasSucceeded() {
      return state.equals("SUCCEEDED");
    }
  }

  /** All tasks that were submitted since then, by their ids. */
  public Map<UUID, Listed> since(Instant start) throws IOException {
    var tasks = new HashMap<UUID, Listed>();
    var path = "/v1/tasks?limit=" + PAGE + "&submittedAfter=" + start;
    var cursor = "";
    do {
      var page = get(path + cursor);
      page.path("items").valueStream().forEach(task -> tasks.put(id(task), listed(task)));
      var next = page.path("nextCursor").asString("");
      cursor = next.isEmpty() ? "" : "&cursor=" + next;
    } while (!cursor.isEmpty());
    return tasks;
  }

  private JsonNode get(String path) throws IOException {
    try {
      var request =
          HttpRequest.newBuilder(base.resolve(path))
              .header(RunKey.HEADER, RunKey.header())
              .timeout(PATIENCE)
              .build();
      var answer = http.send(request, BodyHandlers.ofByteArray());
      if (answer.statusCode() != OK) {
        throw new IOException(path + " was answered with " + answer.statusCode());
      }
      return JSON.readTree(answer.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static UUID id(JsonNode task) {
    return UUID.fromString(task.path("id").asString(""));
  }

  private static Listed listed(JsonNode task) {
    return new Listed(
        task.path("state").asString(""),
        task.path("attempts").asInt(0),
        micros(task, "submittedAt"),
        micros(task, "finishedAt"));
  }

  private static long micros(JsonNode task, String field) {
    var text = task.path(field).asString("");
    return text.isEmpty() ? 0 : ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(text));
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
