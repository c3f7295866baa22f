package io.legwork.chaos.load;

import io.legwork.local.service.RunKey;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.Executors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Legwork's HTTP API, without any mending: every request is sent once. Thread-safe. */
public final class Api implements AutoCloseable {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(2))
          .executor(Executors.newVirtualThreadPerTaskExecutor())
          .build();
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
      var response = http.send(request.timeout(PATIENCE).build(), BodyHandlers.ofString());
      return new Reply(
          response.statusCode(),
          json(response.body()),
          response.headers().firstValue("Idempotent-Replayed").isPresent());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
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
