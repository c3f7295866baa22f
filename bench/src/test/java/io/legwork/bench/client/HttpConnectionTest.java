package io.legwork.bench.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpConnectionTest {

  private static final byte[] REQUEST = "GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.UTF_8);

  private ServerSocket server;

  @BeforeEach
  void listen() throws IOException {
    server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void hangUp() throws IOException {
    server.close();
  }

  @Test
  void readsAnswersOneAfterTheOtherOverOneConnection() throws IOException {
    answers(
        "HTTP/1.1 202 \r\nContent-Length: 5\r\n\r\nfirst",
        "HTTP/1.1 503 \r\nRETRY-AFTER: 7\r\ncontent-length: 40000\r\n\r\n" + "x".repeat(40_000));

    try (var connection = new HttpConnection(server.getLocalPort())) {
      var first = connection.exchange(REQUEST);
      assertThat(first.status()).isEqualTo(202);
      assertThat(first.retryAfter()).isEqualTo(-1);
      assertThat(first.body()).isEqualTo("first");

      var second = connection.exchange(REQUEST);
      assertThat(second.status()).isEqualTo(503);
      assertThat(second.retryAfter()).isEqualTo(7);
      assertThat(second.body()).hasSize(40_000);
    }
  }

  @Test
  void failsWhenAnAnswerIsCutOff() throws IOException {
    answers("HTTP/1.1 202 \r\nContent-Length: 5\r\n\r\nfir");

    try (var connection = new HttpConnection(server.getLocalPort())) {
      assertThatThrownBy(() -> connection.exchange(REQUEST)).isInstanceOf(EOFException.class);
    }
  }

  /** Answers each request with the next text, then hangs up. */
  private void answers(String... answers) {
    CompletableFuture.runAsync(() -> {
      try (var socket = server.accept()) {
        for (String answer : answers) {
          socket.getInputStream().readNBytes(REQUEST.length);
          socket.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
        }
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    });
  }
}
