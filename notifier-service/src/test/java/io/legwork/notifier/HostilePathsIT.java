package io.legwork.notifier;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is not there, or asked for in a form that is not accepted, gets a problem. */
class HostilePathsIT {

  private final TestNotifier notifier = TestNotifier.shared();

  @ParameterizedTest
  @CsvSource({
    "GET /v1/nothing, 404, not-found",
    "GET /, 404, not-found",
    "GET /error, 404, not-found",
    "GET //v1/events, 404, not-found",
    "GET /v1/events;x=y, 404, not-found",
    "GET /v1/./events, 404, not-found",
    "GET /v1/%65vents, 404, not-found",
    "GET /v1/..;/actuator, 404, not-found",
    "GET /actuator/env, 404, not-found",
    "GET /actuator/heapdump, 404, not-found",
    "POST /actuator/loggers, 404, not-found",
    "GET /.git/config, 404, not-found",
    "GET /v1/%2e%2e%2factuator, 400, bad-request",
    "GET /v1/%252e, 404, not-found",
    "GET /v1/events\\x, 400, bad-request",
    "GET /v1/tasks/%00/events, 400, bad-request",
    "GET /v1/tasks/nonsense/events, 404, task-not-found",
    "GET /v1/events?lastEventId=-1, 400, invalid-parameter",
    "GET /v1/events?lastEventId=99999999999999999999, 400, invalid-parameter",
    "GET /v1/events?states=DONE, 400, invalid-parameter",
    "GET /v1/events?sort=id, 400, invalid-parameter",
    "POST /v1/events, 405, method-not-allowed",
    "DELETE /v1/events, 405, method-not-allowed",
    "NONSENSE /v1/events, 405, method-not-allowed",
    "TRACE /v1/events, 405, method-not-allowed",
    "CONNECT localhost:5432, 405, method-not-allowed"
  })
  void refusesWhatIsNotThere(String line, int status, String code) throws IOException {
    String answer = send(line + " HTTP/1.1\nHost: localhost\n");

    expectProblem(answer, status, code);
  }

  @ParameterizedTest
  @ValueSource(strings = {"X-Large", "Bad Header", "X-Many"})
  void refusesHeadsThatAreTooLargeOrMalformed(String name) throws IOException {
    String header =
        switch (name) {
          case "X-Large" -> "X-Large: " + "x".repeat(9_000) + "\n";
          case "X-Many" -> "X-Many: 1\n".repeat(200);
          default -> "Bad Header\n";
        };

    expectProblem(send("GET /v1/events HTTP/1.1\nHost: localhost\n" + header), 400, "bad-request");
  }

  @Test
  void refusesWebhooksOfItsOwn() throws IOException {
    String answer =
        send("GET /v1/events HTTP/1.1\nHost: localhost\nUser-Agent: Legwork-Webhooks/1.0\n");

    expectProblem(answer, 508, "loop-detected");
  }

  @Test
  void refusesWhatIsNotHttp() throws IOException {
    expectProblem(send("GET /v1/events HTTP/1.1\n"), 400, "bad-request");
    expectProblem(send("nonsense\n"), 400, "bad-request");
  }

  private static void expectProblem(String answer, int status, String code) {
    assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
    assertThat(answer).contains("application/problem+json").contains("\"code\":\"" + code + "\"");
    assertThat(answer).doesNotContain("Apache").doesNotContain("at org.").doesNotContain("at io.");
  }

  /** Sends text with LF for CRLF, and reads all that is answered. */
  private String send(String text) throws IOException {
    URI uri = notifier.uri("local.server.port", "/");
    try (var socket = new Socket(uri.getHost(), uri.getPort())) {
      socket.setSoTimeout(20_000);
      String whole = text + "Connection: close\n\n";
      socket
          .getOutputStream()
          .write(whole.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
