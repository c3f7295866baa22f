package io.legwork.bench.client;

import io.legwork.local.service.RunKey;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.json.JsonMapper;

/**
 * A client that follows the event stream: {@code Listener <port> <result.json> <ids>}. It prints a
 * line when it is connected and from then on how many tasks it has heard of; when its input ends,
 * it writes down what it heard, and ends too. A connection that breaks is made again, with {@code
 * Last-Event-ID}.
 */
public final class Listener {

  private static final Duration REPORT = Duration.ofMillis(50);
  private static final Duration PAUSE = Duration.ofMillis(100);
  private static final int BUFFER = 64 * 1024;
  private static final byte[] TASK = "\"task\":\"".getBytes(StandardCharsets.US_ASCII);

  /**
   * What was heard.
   *
   * @param lastMicros when the latest event came, in microseconds of the epoch
   * @param connections how often the stream was opened
   */
  public record Heard(long events, long lastMicros, int connections, long cpuMicros) {}

  private final URI stream;
  private final Ids ids = new Ids();
  private final AtomicLong events = new AtomicLong();
  private volatile long lastMicros;
  private int connections;
  private String lastId = "";

  private Listener(int port) {
    this.stream = URI.create("http://127.0.0.1:" + port + "/v1/events");
  }

  /** Follows until the input ends. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    var listener = new Listener(Integer.parseInt(arguments[0]));
    var follower = Thread.ofPlatform().daemon().name("follower").start(listener::run);
    var reporter = Thread.ofPlatform().daemon().name("reporter").start(listener::report);
    while (System.in.read() >= 0) {
      // Nothing is asked for: only the end matters.
    }
    follower.interrupt();
    reporter.interrupt();
    follower.join();
    listener.write(Path.of(arguments[1]), Path.of(arguments[2]));
  }

  private void run() {
    try (var http = HttpClient.newHttpClient()) {
      while (!Thread.currentThread().isInterrupted()) {
        follow(http);
      }
      http.shutdownNow();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void follow(HttpClient http) throws InterruptedException {
    var request =
        HttpRequest.newBuilder(stream)
            .header(RunKey.HEADER, RunKey.header())
            .header("Accept", "text/event-stream");
    if (!lastId.isEmpty()) {
      request.header("Last-Event-ID", lastId);
    }
    try {
      var answer = http.send(request.build(), BodyHandlers.ofInputStream());
      connections++;
      if (connections == 1) {
        System.out.println("connected");
      }
      try (var lines = new BufferedInputStream(answer.body(), BUFFER)) {
        read(lines);
      }
    } catch (IOException broken) {
      Thread.sleep(PAUSE);
    }
  }

  private void read(InputStream stream) throws IOException {
    var line = new byte[BUFFER];
    int length = 0;
    for (int next = stream.read(); next >= 0; next = stream.read()) {
      if (next != '\n') {
        line[length++] = (byte) next;
      } else {
        take(line, length);
        length = 0;
      }
    }
  }

  private void take(byte[] line, int length) {
    if (length > 3 && line[0] == 'i' && line[2] == ':') {
      lastId = new String(line, 3, length - 3, StandardCharsets.US_ASCII).strip();
    } else if (length > 5 && line[0] == 'd' && ids.addAll(TASK, line, 0, length) > 0) {
      events.incrementAndGet();
      lastMicros = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    }
  }

  private void report() {
    long told = 0;
    try {
      while (true) {
        Thread.sleep(REPORT);
        long now = events.get();
        if (now != told) {
          System.out.println(now);
          told = now;
        }
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void write(Path result, Path file) throws IOException {
    var cpu = ProcessHandle.current().info().totalCpuDuration().map(Duration::toNanos).orElse(0L);
    var heard = new Heard(events.get(), lastMicros, connections, cpu / 1000);
    Files.write(result, JsonMapper.shared().writeValueAsBytes(heard));
    Ids.write(List.of(ids), file);
  }
}
