package io.legwork.bench.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GuesserTest {

  private static final int CONNECTIONS = 3;

  private final AtomicInteger accepted = new AtomicInteger();
  private ServerSocket server;

  @BeforeEach
  void listen() throws IOException {
    server = new ServerSocket(0, CONNECTIONS, InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void hangUp() throws IOException {
    server.close();
  }

  @Test
  void countsWhatWasRefusedAndSendsNoMoreThanItWasTold() throws IOException {
    answer("HTTP/1.1 429 \r\nContent-Length: 4\r\n\r\n", "wait");

    LoadResult seen = guess(100, 0.5);

    assertThat(seen.sent()).isBetween(1L, 50L);
    assertThat(seen.refused()).isEqualTo(seen.sent());
    assertThat(seen.unknown()).isZero();
    assertThat(Histograms.decoded(seen.latency()).getTotalCount()).isEqualTo(seen.sent());
  }

  @Test
  void connectsAnewWhenAnAnswerWasTheLastOfItsConnection() throws IOException {
    answer("HTTP/1.1 429 \r\nConnection: close\r\nContent-Length: 4\r\n\r\n", "wait");

    LoadResult seen = guess(100, 0.5);

    assertThat(accepted.get()).isGreaterThan(CONNECTIONS);
    assertThat(seen.refused()).isEqualTo(seen.sent());
    assertThat(seen.unknown()).isZero();
  }

  @Test
  void saysWhatElseItWasAnswered() throws IOException {
    answer("HTTP/1.1 200 \r\nContent-Length: 2\r\n\r\n", "ok");

    LoadResult seen = guess(0, 0.1);

    assertThat(seen.refused()).isZero();
    assertThat(seen.unknown()).isEqualTo(seen.sent());
    assertThat(seen.firstProblem()).isEqualTo("a guess was answered 200");
  }

  @Test
  void endsWhenAllConnectionsWereClosed() throws IOException {
    Thread.ofVirtual()
        .start(() -> {
          for (int i = 0; i < CONNECTIONS; i++) {
            close();
          }
        });

    LoadResult seen = guess(0, 60);

    assertThat(seen.refused()).isZero();
    assertThat(seen.unknown()).isGreaterThanOrEqualTo(CONNECTIONS);
  }

  private LoadResult guess(double rate, double seconds) throws IOException {
    var ports = List.of(server.getLocalPort());
    var spec =
        new LoadSpec(ports, LoadKind.GUESS, CONNECTIONS, 1, "echo", 1, 0, rate, seconds, 0, true);
    try (var guesser = new Guesser(spec)) {
      guesser.run();
      return guesser.seen(0, 1, 0);
    }
  }

  private void close() {
    try {
      server.accept().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Answers everything with this, in two parts. */
  private void answer(String head, String body) {
    Thread.ofVirtual()
        .start(() -> {
          while (!server.isClosed()) {
            serve(head, body);
          }
        });
  }

  private void serve(String head, String body) {
    try {
      Socket socket = server.accept();
      accepted.incrementAndGet();
      Thread.ofVirtual().start(() -> serve(socket, head, body));
    } catch (IOException e) {
      assertThat(server.isClosed()).isTrue();
    }
  }

  private static void serve(Socket socket, String head, String body) {
    try (var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1))) {
      var out = socket.getOutputStream();
      for (var line = in.readLine(); line != null; line = in.readLine()) {
        if (line.isEmpty()) {
          out.write(head.getBytes(ISO_8859_1));
          out.write(body.getBytes(ISO_8859_1));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
