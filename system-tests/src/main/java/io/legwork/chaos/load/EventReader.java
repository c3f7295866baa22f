package io.legwork.chaos.load;

import io.legwork.chaos.history.History;
import io.legwork.chaos.history.Micros;
import io.legwork.chaos.history.States;
import io.legwork.chaos.history.StreamEvent;
import io.legwork.local.service.Await;
import io.legwork.local.service.RunKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/**
 * Follows the event stream from its beginning. Whenever the connection ends it connects again and
 * says what it has seen last, as the standard demands; besides, it hangs up by itself at times.
 */
public final class EventReader implements AutoCloseable {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Duration PAUSE = Duration.ofMillis(200);
  private static final int HANGS_UP = 5_000;
  private static final int LOOKED_AT = 200;

  private final URI stream;
  private final History history;
  private final Reader reader;
  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
  private final Set<String> ended = ConcurrentHashMap.newKeySet();
  private final Thread thread = Thread.ofPlatform().daemon().name("events").unstarted(this::run);
  private volatile boolean active = true;
  private volatile boolean connected;
  private long seen;
  private int connections;

  private EventReader(URI notifier, Api api, History history) {
    this.stream = notifier.resolve("/v1/events");
    this.history = history;
    this.reader = new Reader(api, history);
  }

  /** A reader that is connected. */
  public static EventReader start(URI notifier, Api api, History history) {
    var events = new EventReader(notifier, api, history);
    events.thread.start();
    if (!Await.within(Duration.ofSeconds(30), () -> events.connected)) {
      throw new IllegalStateException("the event stream at " + events.stream + " does not answer");
    }
    return events;
  }

  /** The tasks whose end was told. */
  public Set<String> ended() {
    return ended;
  }

  private void run() {
    while (active) {
      try {
        follow();
      } catch (IOException | UncheckedIOException lost) {
        Await.pause(PAUSE);
      }
    }
  }

  private void follow() throws IOException {
    var request =
        HttpRequest.newBuilder(stream)
            .header(RunKey.HEADER, RunKey.header())
            .header("Accept", "text/event-stream")
            .header("Last-Event-ID", Long.toString(seen))
            .build();
    var response = connect(request);
    if (response.statusCode() != 200) {
      response.body().close();
      throw new IOException("status " + response.statusCode());
    }
    connections++;
    connected = true;
    try (var lines = response.body()) {
      read(lines.iterator());
    }
  }

  private HttpResponse<Stream<String>> connect(HttpRequest request) throws IOException {
    try {
      return http.send(request, BodyHandlers.ofLines());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /** An event is complete with the blank line after it; one that is cut off does not count. */
  private void read(Iterator<String> lines) {
    int events = 0;
    String data = "";
    long id = seen;
    while (active && events < HANGS_UP && lines.hasNext()) {
      var line = lines.next();
      if (line.startsWith("id:")) {
        id = Long.parseLong(line.substring(3).strip());
      } else if (line.startsWith("data:")) {
        data = line.substring(5);
      } else if (line.isEmpty() && !data.isEmpty()) {
        took(id, data);
        data = "";
        events++;
      }
    }
  }

  private void took(long id, String data) {
    var json = JSON.readTree(data);
    seen = id;
    var kind = json.path("type").asString("");
    var task = json.path("task").asString("");
    history.add(
        new StreamEvent(
            Micros.now(),
            connections,
            id,
            json.path("id").asString(""),
            kind,
            task,
            json.path("sequence").asInt(0),
            json.path("attempt").asInt(0)));
    if (States.endsTask(kind)) {
      ended.add(task);
      if (id % LOOKED_AT == 0) {
        Thread.ofVirtual().start(() -> reader.read(task, States.announcedBy(kind)));
      }
    }
  }

  @Override
  public void close() {
    active = false;
    http.shutdownNow();
  }
}
