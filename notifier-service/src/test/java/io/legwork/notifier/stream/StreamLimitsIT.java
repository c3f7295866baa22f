package io.legwork.notifier.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.legwork.notifier.TestNotifier;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

class StreamLimitsIT {

  private static final String[] SETTINGS = {
    "legwork.streams.limit=12",
    "legwork.streams.buffer=200",
    "legwork.streams.ping=250ms",
    "server.tomcat.connection-timeout=2s"
  };

  private static TestNotifier notifier;

  @BeforeAll
  static void start() {
    notifier = new TestNotifier(SETTINGS);
  }

  @AfterAll
  static void stop() {
    notifier.close();
  }

  @Test
  void showsThatItIsAlive() throws Exception {
    try (SseClient stream = open("?states=CANCELLED")) {
      stream.nextBlock();

      assertThat(stream.nextBlock().fields()).containsEntry("", "ping");
    }
  }

  @Test
  void cutsAReaderWhoIsTooSlow() throws Exception {
    awaitStreams(0);
    double before = cut();
    try (Socket _ = readerOf(4_096)) {
      awaitStreams(1);

      notifier.insertEvents(4_000, 5_000);

      await().atMost(Duration.ofSeconds(20)).until(() -> cut() == before + 1);
      awaitStreams(0);
    }
  }

  /** Few enough events to wait for it, but more bytes than anything between the two holds. */
  @Test
  void cutsAReaderWhoReadsNothingWhileOthersGoOn() throws Exception {
    awaitStreams(0);
    double before = cut();
    try (Socket deaf = readerOf(4_096);
        SseClient other = open("")) {
      awaitStreams(2);
      other.next();

      notifier.insertEvents(150, 100_000);

      for (int i = 0; i < 150; i++) {
        assertThat(other.next().name()).isEqualTo("task.failed");
      }
      await().atMost(Duration.ofSeconds(20)).until(() -> cut() == before + 1);
      awaitStreams(1);
      assertThat(deaf.isClosed()).isFalse();
    }
  }

  private static Socket readerOf(int buffer) throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(buffer);
    URI uri = notifier.uri("local.server.port", "/v1/events");
    socket.connect(new InetSocketAddress(uri.getHost(), uri.getPort()));
    socket
        .getOutputStream()
        .write("GET /v1/events HTTP/1.1\r\nHost: test\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  @Test
  void forgetsReadersWhoHaveLeft() throws Exception {
    awaitStreams(0);
    SseClient stream = open("");
    awaitStreams(1);

    stream.close();

    awaitStreams(0);
  }

  @Test
  void refusesMoreStreamsThanItCanServe() throws Exception {
    awaitStreams(0);
    List<SseClient> streams = new ArrayList<>();
    try {
      for (int i = 0; i < 12; i++) {
        streams.add(open(""));
      }
      try (SseClient tooMany = open("")) {
        assertThat(tooMany.response().statusCode()).isEqualTo(503);
        assertThat(tooMany.response().headers().firstValue("retry-after")).isPresent();
      }
    } finally {
      for (SseClient stream : streams) {
        stream.close();
      }
    }
    awaitStreams(0);
  }

  @Test
  void endsItsStreamsPromptlyWhenItStops() throws Exception {
    ConfigurableApplicationContext other = notifier.start(SETTINGS);
    try (SseClient stream = SseClient.open(events(other))) {
      stream.next();
      long start = System.nanoTime();

      other.close();

      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
      assertThat(stream.next().isEnd()).isTrue();
    }
  }

  @Test
  void goesOnWithAnotherNotifierWhereTheFirstHasEnded() throws Exception {
    ConfigurableApplicationContext first = notifier.start(SETTINGS);
    long seen;
    try (SseClient stream = SseClient.open(events(first))) {
      stream.next();
      notifier.insertEvents(1, 0);
      seen = stream.next().id();
    } finally {
      first.close();
    }
    notifier.insertEvents(2, 0);

    try (SseClient stream = open("", "Last-Event-ID", Long.toString(seen))) {
      stream.next();
      assertThat(stream.next().id()).isEqualTo(seen + 1);
      assertThat(stream.next().id()).isEqualTo(seen + 2);
    }
  }

  private static URI events(ConfigurableApplicationContext of) {
    return URI.create(
        "http://localhost:%s/v1/events"
            .formatted(of.getEnvironment().getProperty("local.server.port")));
  }

  private static SseClient open(String query, String... headers)
      throws IOException, InterruptedException {
    return SseClient.open(notifier.uri("local.server.port", "/v1/events" + query), headers);
  }

  private static double cut() {
    return notifier.part(MeterRegistry.class).get("legwork.sse.streams.cut").counter().count();
  }

  private static void awaitStreams(int count) {
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() ->
            notifier.part(MeterRegistry.class).get("legwork.sse.streams").gauge().value() == count);
  }
}
