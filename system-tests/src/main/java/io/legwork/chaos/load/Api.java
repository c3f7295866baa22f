package io.legwork.chaos.load;

import io.legwork.local.service.RunKey;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Legwork's HTTP API, without any mending: every request is sent once. So many are under way at
 * once that a service that does not answer leaves no more connections behind; the others wait.
 * Thread-safe.
 */
public final class Api implements AutoCloseable {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int MOST_AT_ONCE = 1_000;

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(2))
          .executor(Executors.newVirtualThreadPerTaskExecutor())
          .build();
  private final Semaphore room = new Semaphore(MOST_AT_ONCE, true);
  private final URI base;

  /**
   * An answer.
   *
   * @param body missing if it is not JSON
   */
  record Reply(int status, JsonNode body, boolean replayed) {

    String text(String field) {
      return body.path(field).asString("");
    }
  }

  /** The API at this address. */
  public Api(URI base) {
    this.base = base;
  }

  Reply get(String path) throws IOException {
    return send(request(path));
  }

  /** Posts JSON; headers are names and values in turn. */
  Reply post(String path, String body, String... headers) throws IOException {
    var request =
        request(path)
            .POST(BodyPublishers.ofString(body))
            .header("Content-Type", "application/json");
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return send(request);
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(base.resolve(path)).header(RunKey.HEADER, RunKey.header());
  }

  private Reply send(HttpRequest.Builder request) throws IOException {
    try {
      room.acquire();
      try {
        return reply(http.send(request.timeout(PATIENCE).build(), BodyHandlers.ofString()));
      } finally {
        room.release();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static Reply reply(HttpResponse<String> response) {
    return new Reply(
        response.statusCode(),
        json(response.body()),
        response.headers().firstValue("Idempotent-Replayed").isPresent());
  }

  /** Hangs up; connections that were kept for later are closed. */
  @Override
  public void close() {
    http.shutdownNow();
  }

  private static JsonNode json(String body) {
    try {
      return JSON.readTree(body);
    } catch (JacksonException e) {
      return JSON.missingNode();
    }
  }
}
