package io.legwork.worker.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.legwork.handler.Outcome;
import io.legwork.handler.testing.TestContext;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

@Timeout(30)
class HttpRequestHandlerTest {

  private final TestServer server = new TestServer();
  private final TestedHandler handler = new TestedHandler();

  @AfterEach
  void stop() {
    server.close();
    handler.close();
  }

  @Test
  void keepsTheAnswerAsTheResult() throws InterruptedException {
    server.answer(
        200, "{\"price\": 1.10, \"items\": [1]}", "Content-Type", "application/json", "ETag", "x");

    JsonNode result = succeeded("{\"url\": \"%s\"}");

    assertThat(result.path("status").intValue()).isEqualTo(200);
    assertThat(result.path("headers"))
        .isEqualTo(TestedHandler.json("{\"content-type\": \"application/json\", \"etag\": \"x\"}"));
    assertThat(result.path("body").toString()).isEqualTo("{\"price\":1.10,\"items\":[1]}");
    assertThat(result.path("truncated").booleanValue()).isFalse();
    assertThat(result.path("durationMillis").isIntegralNumber()).isTrue();
    assertThat(result.has("bodyBase64")).isFalse();
  }

  @Test
  void tellsTheReceiverWhichTaskAndAttemptItIs() throws Exception {
    server.answer(204, "");

    handler.run(server.fill("{\"url\": \"%s\"}"), TestContext.number(3));

    TestServer.Seen request = server.seen();
    assertThat(request.method()).isEqualTo("GET");
    assertThat(request.header("Legwork-task")).containsExactly(TestContext.TASK);
    assertThat(request.header("Traceparent")).containsExactly(TestContext.TRACEPARENT);
    assertThat(request.header("Legwork-attempt")).containsExactly("3");
    assertThat(request.header("Idempotency-key")).containsExactly("\"" + TestContext.TASK + "\"");
    assertThat(request.header("Content-type")).isEmpty();
  }

  @Test
  void sendsJsonAsJsonAndItsOwnHeadersInPlaceOfOurs() throws Exception {
    server.answer(201, "");

    succeeded(
        """
        {"url": "%s?q=1", "body": {"a": [1.50, null]},
         "headers": {"idempotency-key": "mine", "X-Custom": "a b"}}
        """);

    TestServer.Seen request = server.seen();
    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.uri()).isEqualTo("/?q=1");
    assertThat(request.body()).isEqualTo("{\"a\":[1.50,null]}");
    assertThat(request.header("Content-type")).containsExactly("application/json");
    assertThat(request.header("Idempotency-key")).containsExactly("mine");
    assertThat(request.header("X-custom")).containsExactly("a b");
  }

  @Test
  void sendsAStringAsItIs() throws Exception {
    server.answer(200, "");

    succeeded(
        """
        {"url": "%s", "method": "put", "body": "a,b\\nä,1",
         "headers": {"Content-Type": "text/csv"}}
        """);

    TestServer.Seen request = server.seen();
    assertThat(request.method()).isEqualTo("PUT");
    assertThat(request.body()).isEqualTo("a,b\nä,1");
    assertThat(request.header("Content-type")).containsExactly("text/csv");
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 425, 429, 500, 502, 503, 504})
  void triesAgainWhatMayPass(int status) throws InterruptedException {
    server.answer(status, "busy");

    assertThat(failed("{\"url\": \"%s/path?secret=1\"}"))
        .isEqualTo(Outcome.fail("GET " + server.url() + "/path was answered " + status + ": busy"));
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 404, 409, 410, 422})
  void failsForGoodOnOtherErrors(int status) throws InterruptedException {
    server.answer(status, "");

    assertThat(failed("{\"url\": \"%s\"}"))
        .isEqualTo(Outcome.failPermanently("GET " + server.url() + " was answered " + status));
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void doesNotFollowRedirects(int status) throws InterruptedException {
    server.answer(status, "", "Location", server.url() + "/elsewhere");

    assertThat(failed("{\"url\": \"%s\"}"))
        .isEqualTo(
            Outcome.failPermanently(
                "GET %s was answered %d; redirects are not followed, it leads to %s/elsewhere"
                    .formatted(server.url(), status, server.url())));
    assertThat(server.requests()).isEqualTo(1);
  }

  @Test
  void onlyExpectedStatusesAreSuccess() throws InterruptedException {
    server.answer(404, "");
    assertThat(succeeded("{\"url\": \"%s\", \"expectedStatuses\": [404, \"2xx\"]}").path("status"))
        .isEqualTo(TestedHandler.json("404"));

    server.answer(200, "");
    assertThat(failed("{\"url\": \"%s\", \"expectedStatuses\": [201]}").permanent()).isTrue();

    server.answer(503, "");
    assertThat(succeeded("{\"url\": \"%s\", \"expectedStatuses\": [\"5xx\"]}").path("status"))
        .isEqualTo(TestedHandler.json("503"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          120                             | PT2M
          0                               | PT0S
          Fri, 20 Nov 2026 12:00:30 GMT   | PT30S
          Friday, 20-Nov-26 12:00:30 GMT  | PT30S
          Fri Nov 20 12:00:30 2026        | PT30S
          Sun Dec  6 12:00:00 2026        | P7D
          Fri, 20 Nov 2026 11:00:00 GMT   | PT0S
          99999999999999999999            | P7D
          """)
  void waitsAsLongAsRetryAfterSays(String header, Duration delay) throws InterruptedException {
    server.answer(503, "", "Retry-After", header);

    assertThat(run("{\"url\": \"%s\"}"))
        .isEqualTo(Outcome.retryAfter(delay, "GET " + server.url() + " was answered 503"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"soon", "-5", "1.5", "Fri, 99 Nov 2026 12:00:30 GMT"})
  void ignoresARetryAfterThatMakesNoSense(String header) throws InterruptedException {
    server.answer(429, "", "Retry-After", header);

    assertThat(failed("{\"url\": \"%s\"}").permanent()).isFalse();
  }

  @Test
  void givesUpOnAnAnswerThatDoesNotBegin() throws InterruptedException {
    server.behave(exchange -> server.awaitEndOfTest());

    assertThat(failed("{\"url\": \"%s\", \"timeout\": \"100ms\"}"))
        .isEqualTo(Outcome.fail("GET " + server.url() + " was not answered in full within PT0.1S"));
  }

  @Test
  void givesUpOnAnAnswerThatDoesNotEnd() throws InterruptedException {
    server.behave(exchange -> {
      exchange.sendResponseHeaders(200, 0);
      exchange.getResponseBody().write('a');
      exchange.getResponseBody().flush();
      server.awaitEndOfTest();
    });

    assertThat(failed("{\"url\": \"%s\", \"timeout\": \"PT0.2S\"}").reason())
        .endsWith("was not answered in full within PT0.2S");
  }

  @Test
  void theAttemptsTimeBoundsTheRequest() throws InterruptedException {
    server.behave(exchange -> server.awaitEndOfTest());

    assertThat(
            handler.run(
                server.fill("{\"url\": \"%s\", \"timeout\": \"1h\"}"),
                TestContext.with(Duration.ofMillis(100))))
        .isEqualTo(Outcome.fail("GET " + server.url() + " was not answered in full within PT0.1S"));
  }

  @Test
  void anInterruptedRequestIsInterrupted() throws Exception {
    server.behave(exchange -> server.awaitEndOfTest());
    Thread.currentThread().interrupt();

    assertThatExceptionOfType(InterruptedException.class)
        .isThrownBy(() -> handler.run(server.fill("{\"url\": \"%s\"}"), TestContext.first()));
  }

  @Test
  void triesAgainWhenNobodyListens() throws InterruptedException {
    server.close();

    assertThat(failed("{\"url\": \"%s\"}"))
        .isEqualTo(Outcome.fail("GET " + server.url() + " failed: no connection: it was refused"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "localhost", "[::1]", "2130706433", "0x7f.1"})
  void goesOnlyWhereTheOperatorAllows(String host) throws InterruptedException {
    server.answer(200, "secret");
    String url = server.url().replace("127.0.0.1", host);
    try (TestedHandler guarded = new TestedHandler("public")) {
      Outcome.Failed refused = guarded.failed("{\"url\": \"" + url + "\"}");

      assertThat(refused.reason()).doesNotContain("secret").doesNotContain("answered");
    }
    assertThat(server.requests()).isZero();
  }

  @Test
  void triesAgainWhenTheHostIsUnknown() throws InterruptedException {
    assertThat(run("{\"url\": \"http://no-such-host.invalid/\"}"))
        .isEqualTo(Outcome.fail("GET http://no-such-host.invalid/ failed: its host is unknown"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort",
        "SSH-2.0-OpenSSH_9.2\r\n"
      })
  void triesAgainWhenTheConnectionBreaks(String bytesBeforeTheReset) throws Exception {
    try (BrokenServer broken = BrokenServer.saying(bytesBeforeTheReset)) {
      Outcome.Failed failed =
          failed("{\"url\": \"http://127.0.0.1:%d/\"}".formatted(broken.port()));

      assertThat(failed.permanent()).as(failed.reason()).isFalse();
      assertThat(failed.reason()).contains("failed: ");
    }
  }

  private Outcome run(String template) throws InterruptedException {
    return handler.run(server.fill(template));
  }

  private Outcome.Failed failed(String template) throws InterruptedException {
    return handler.failed(server.fill(template));
  }

  private JsonNode succeeded(String template) throws InterruptedException {
    return handler.succeeded(server.fill(template));
  }
}
