package io.legwork.notifier.stream;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads a stream as a browser does. */
final class SseClient implements AutoCloseable {

  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final LinkedBlockingQueue<Event> events = new LinkedBlockingQueue<>();
  private final HttpResponse<InputStream> response;

  /** A block of the stream: its fields, with "" for a comment; no fields at its end. */
  record Event(Map<String, String> fields) {

    long id() {
      return Long.parseLong(fields.getOrDefault("id", "0"));
    }

    String name() {
      return fields.getOrDefault("event", "");
    }

    JsonNode data() {
      return JsonMapper.shared().readTree(fields.getOrDefault("data", "null"));
    }

    boolean isEnd() {
      return fields.isEmpty();
    }
  }

  private SseClient(HttpResponse<InputStream> response) {
    this.response = response;
    if (response.statusCode() == 200) {
      Thread.ofVirtual().start(this::read);
    }
  }

  static SseClient open(URI uri, String... headers) throws IOException, InterruptedException {
    return open(HTTP, uri, headers);
  }

  static SseClient open(HttpClient http, URI uri, String... headers)
      throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(20));
    var answer =
        http.send(
            (headers.length == 0 ? request : request.headers(headers)).build(),
            BodyHandlers.ofInputStream());
    return new SseClient(answer);
  }

  HttpResponse<InputStream> response() {
    return response;
  }

  /** The body of an answer that is no stream. */
  String text() throws IOException {
    return new String(response.body().readAllBytes(), StandardCharsets.UTF_8);
  }

  /** The next block that is not a comment. */
  Event next() throws InterruptedException {
    Event event = nextBlock();
    while (event.fields().containsKey("")) {
      event = nextBlock();
    }
    return event;
  }

  /** The next block. */
  Event nextBlock() throws InterruptedException {
    Event event = events.poll(20, TimeUnit.SECONDS);
    if (event == null) {
      throw new AssertionError("no event came");
    }
    return event;
  }

  private void read() {
    try (var lines =
        new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
      Map<String, String> fields = new HashMap<>();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.isEmpty()) {
          events.add(new Event(fields));
          fields = new HashMap<>();
        } else {
          int colon = line.indexOf(':');
          fields.put(line.substring(0, colon), line.substring(colon + 1).strip());
        }
      }
    } catch (IOException broken) {
      events.add(new Event(Map.of()));
      return;
    }
    events.add(new Event(Map.of()));
  }

  @Override
  public void close() throws IOException {
    response.body().close();
  }
}
