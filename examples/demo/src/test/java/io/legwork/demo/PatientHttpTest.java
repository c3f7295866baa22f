package io.legwork.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import io.legwork.demo.PatientHttp.Absence;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PatientHttpTest {

  private static final Duration LONG = Duration.ofMinutes(1);

  private final List<Long> calls = new CopyOnWriteArrayList<>();
  private final AtomicInteger failures = new AtomicInteger(2);
  private @Nullable String retryAfter;

  @ParameterizedTest
  @ValueSource(ints = {429, 502, 503, 504})
  void asksAgainWhereTheAnswerIsThatItCannotBeDoneNow(int status) throws Exception {
    try (var server = server(status);
        var http = new PatientHttp(LONG)) {
      assertThat(http.send(request(server), Absence.WAIT).statusCode()).isEqualTo(202);
      assertThat(calls).hasSize(3);
      assertThat(http.repeated()).isEqualTo(2);
      assertThat(calls.get(1) - calls.get(0)).as("first pause").isGreaterThan(200_000_000L);
      assertThat(calls.get(2) - calls.get(1)).as("second pause").isGreaterThan(450_000_000L);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 404, 422, 500})
  void takesEveryOtherAnswerForOne(int status) throws Exception {
    try (var server = server(status);
        var http = new PatientHttp(LONG)) {
      assertThat(http.send(request(server), Absence.WAIT).statusCode()).isEqualTo(status);
      assertThat(http.repeated()).isZero();
    }
  }

  @Test
  void waitsAsLongAsItIsAskedTo() throws Exception {
    failures.set(1);
    retryAfter = "2";
    try (var server = server(503);
        var http = new PatientHttp(LONG)) {
      assertThat(http.send(request(server), Absence.WAIT).statusCode()).isEqualTo(202);
      assertThat(calls).hasSize(2);
      assertThat(calls.get(1) - calls.get(0)).isGreaterThan(1_900_000_000L);
    }
  }

  @Test
  void doesNotComeBackSoonerThanItIsAskedTo() throws Exception {
    retryAfter = "61";
    try (var server = server(503);
        var http = new PatientHttp(LONG)) {
      assertThat(http.send(request(server), Absence.WAIT).statusCode()).isEqualTo(503);
      assertThat(http.repeated()).isZero();
    }
  }

  @Test
  void returnsTheLastAnswerWhenItsPatienceIsOver() throws Exception {
    failures.set(Integer.MAX_VALUE);
    var patience = Duration.ofSeconds(2);
    try (var server = server(503);
        var http = new PatientHttp(patience)) {
      assertThat(http.send(request(server), Absence.WAIT).statusCode()).isEqualTo(503);
      assertThat(http.repeated()).isPositive().isEqualTo(calls.size() - 1);
      assertThat(calls.getLast() - calls.getFirst()).isLessThan(patience.toNanos());
    }
  }

  @Test
  void waitsForAServiceThatStartsAgain() throws Exception {
    int port = freePort();
    try (var http = new PatientHttp(LONG)) {
      var starting = Thread.startVirtualThread(() -> answerOnceAskedAgain(http, port));
      var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port)).build();
      assertThat(http.send(request, Absence.WAIT).statusCode()).isEqualTo(204);
      assertThat(http.repeated()).isPositive();
      starting.join();
    }
  }

  @Test
  void doesNotWaitForAServiceThatWasNeverThere() throws Exception {
    var nobody = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + freePort())).build();
    try (var http = new PatientHttp(LONG)) {
      assertThatThrownBy(() -> http.send(nobody, Absence.FAIL))
          .isInstanceOf(ConnectException.class);
      assertThat(http.repeated()).isZero();
    }
  }

  /** Answers with a status until there were enough failures. */
  private LocalServer server(int status) {
    return LocalServer.start(
        "127.0.0.1",
        true,
        Map.of(
            "it",
            exchange -> {
              calls.add(System.nanoTime());
              if (retryAfter != null) {
                exchange.getResponseHeaders().set("Retry-After", retryAfter);
              }
              answer(exchange, failures.getAndDecrement() > 0 ? status : 202);
            }));
  }

  private static void answer(HttpExchange exchange, int status) throws IOException {
    LocalServer.answer(exchange, status, "text/plain", "so".getBytes(StandardCharsets.UTF_8));
  }

  private static HttpRequest request(LocalServer server) {
    return HttpRequest.newBuilder(server.url("it", "now")).build();
  }

  /** Begins to listen after a connection was refused, and answers once. */
  private static void answerOnceAskedAgain(PatientHttp http, int port) {
    while (http.repeated() == 0) {
      Thread.onSpinWait();
    }
    try (var server = new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
        var connection = server.accept()) {
      connection.getInputStream().readNBytes(1);
      var answer = "HTTP/1.1 204 No Content\r\n\r\n".getBytes(StandardCharsets.UTF_8);
      connection.getOutputStream().write(answer);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
