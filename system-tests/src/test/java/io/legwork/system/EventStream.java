package io.legwork.system;

import io.legwork.local.service.RunKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client of the server-sent events. */
final class EventStream implements AutoCloseable {

  private final List<Event> events = new CopyOnWriteArrayList<>();
  private final HttpClient http = HttpClient.newHttpClient();
  private final HttpResponse<Stream<String>> response;
  private volatile boolean over;

  private EventStream(HttpRequest request) throws IOException, InterruptedException {
    response = http.send(request, BodyHandlers.ofLines());
    Thread.ofVirtual().start(this::read);
  }

  /** An event as it came over the stream. */
  record Event(String id, String name, JsonNode data) {

    String taskId() {
      return data.path("data").path("id").asString(data.path("task").asString(""));
    }
  }

  /** Opens the stream; it is open when this returns. */
  static EventStream open(URI notifier, String query, String... headers) {
    var request = HttpRequest.newBuilder(URI.create(notifier + "/v1/events" + query));
    if (!List.of(headers).contains(RunKey.HEADER)) {
      request.header(RunKey.HEADER, RunKey.header());
    }
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    try {
      return new EventStream(request.header("Accept", "text/event-stream").build());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  int status() {
    return response.statusCode();
  }

  String contentType() {
    return response.headers().firstValue("Content-Type").orElse("");
  }

  /** Whether the server, or we, have ended it. */
  boolean isOver() {
    return over;
  }

  /** What has come so far. */
  List<Event> events() {
    return events;
  }

  @Override
  public void close() {
    http.shutdownNow();
  }

  private void read() {
    try {
      readLines();
    } catch (UncheckedIOException e) {
      // The stream was closed, by us or by the server: what came is kept.
      return;
    } finally {
      over = true;
    }
  }

  private void readLines() {
    var id = "";
    var name = "message";
    var data = new ArrayList<String>();
    for (var lines = response.body().iterator(); lines.hasNext(); ) {
      var line = lines.next();
      if (line.isEmpty()) {
        if (!data.isEmpty()) {
          var text = String.join("\n", data);
          events.add(new Event(id, name, JsonMapper.shared().readTree(text)));
        }
        name = "message";
        data.clear();
      } else if (line.startsWith("id:")) {
        id = line.substring(3).strip();
      } else if (line.startsWith("event:")) {
        name = line.substring(6).strip();
      } else if (line.startsWith("data:")) {
        data.add(line.substring(5).strip());
      }
    }
  }
}
