package io.legwork.producer;

import static io.legwork.producer.Problems.expectProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.legwork.producer.ProducerUnderTest.Answer;
import io.legwork.producer.RawHttp.Reply;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/** Whatever is asked for that is not there, or in a form that is not accepted, gets a problem. */
class HostilePathsIT {

  private final ProducerUnderTest producer = ProducerUnderTest.shared();
  private final RawHttp raw = new RawHttp(producer.port());

  @ParameterizedTest
  @CsvSource({
    "GET /v1/nothing, 404, not-found",
    "GET /, 404, not-found",
    "GET /error, 404, not-found",
    "GET //v1/tasks, 404, not-found",
    "GET /v1/tasks;x=y, 404, not-found",
    "GET /v1//tasks, 404, not-found",
    "GET /v1/./tasks, 404, not-found",
    "GET /v1/%74asks, 404, not-found",
    "GET /v1/tasks/, 404, not-found",
    "GET /v1/..;/actuator, 404, not-found",
    "GET /actuator/env, 404, not-found",
    "GET /actuator/health, 404, not-found",
    "GET /actuator/heapdump, 404, not-found",
    "POST /actuator/loggers, 404, not-found",
    "POST /actuator/shutdown, 404, not-found",
    "GET /swagger-ui/index.html, 404, not-found",
    "GET /h2-console, 404, not-found",
    "GET /.git/config, 404, not-found",
    "GET /v1/tasks/%00, 400, bad-request",
    "GET /v1/%2e%2e%2factuator, 400, bad-request",
    "GET /v1/%252e, 404, not-found",
    "GET /v1/tasks\\x, 400, bad-request",
    "GET /v1/tasks/nonsense, 404, task-not-found",
    "GET /v1/tasks/018f2c3e-7b1a-7cc0-8000-000000000000, 404, task-not-found",
    "GET /v1/tasks?limit=-1, 400, invalid-parameter",
    "GET /v1/tasks?limit=0, 400, invalid-parameter",
    "GET /v1/tasks?limit=1000000000, 400, invalid-parameter",
    "GET /v1/tasks?limit=abc, 400, invalid-parameter",
    "GET /v1/tasks?sort=id, 400, invalid-parameter",
    "GET /v1/tasks?filter=1%20or%201=1--, 400, invalid-parameter",
    "GET /v1/tasks?state=DONE, 400, invalid-parameter",
    "GET /v1/tasks?type=a&type=b, 400, invalid-parameter",
    "GET /v1/tasks?submittedAfter=yesterday, 400, invalid-parameter",
    "GET /v1/tasks?tag=%00, 400, invalid-parameter",
    "GET /v1/tasks?cursor=nonsense, 400, invalid-cursor",
    "GET /v1/tasks?cursor=, 400, invalid-cursor",
    "PUT /v1/tasks, 405, method-not-allowed",
    "DELETE /v1/tasks/batch, 405, method-not-allowed",
    "PATCH /v1/tasks/018f2c3e-7b1a-7cc0-8000-000000000000, 405, method-not-allowed",
    "NONSENSE /v1/tasks, 405, method-not-allowed",
    "TRACE /v1/tasks, 405, method-not-allowed"
  })
  void refusesWhatIsNotThere(String line, int status, String code) {
    Reply reply = raw.send(line + " HTTP/1.1\nHost: localhost\n\n");

    expectProblem(reply, status, code);
  }

  @Test
  void ignoresMethodOverrides() {
    Answer answer = producer.get("/v1/tasks?limit=1", "X-HTTP-Method-Override", "DELETE");

    assertThat(answer.status()).isEqualTo(200);
  }

  @Test
  void isNoProxy() {
    Reply reply = raw.send("CONNECT localhost:5432 HTTP/1.1\nHost: localhost:5432\n\n");

    expectProblem(reply, 405, "method-not-allowed");
  }

  @Test
  void believesNoForwardedNames() {
    String forged =
        """
        Host: evil.example
        X-Forwarded-Host: evil.example
        X-Forwarded-Proto: gopher
        X-Forwarded-For: 203.0.113.9
        Forwarded: for=203.0.113.9;host=evil.example
        """;
    String task = "{\"type\":\"echo\",\"payload\":1}";

    Reply submitted =
        raw.send(
            "POST /v1/tasks HTTP/1.1\n%sContent-Type: application/json\nContent-Length: %d\n\n%s"
                .formatted(forged, task.length(), task));
    String id = JsonMapper.shared().readTree(submitted.body()).path("id").asString();
    Reply cancelled =
        raw.send(
            "POST /v1/tasks/%s/cancel HTTP/1.1\n%sContent-Length: 0\n\n".formatted(id, forged));

    assertThat(submitted.status()).isEqualTo(202);
    assertThat(cancelled.status()).isEqualTo(200);
    assertThat(submitted.text()).contains("\r\nLocation: /v1/tasks/" + id);
    assertThat(submitted.text() + cancelled.text()).doesNotContain("evil").doesNotContain("gopher");
    assertThat(producer.get("/v1/audit?limit=100").body().path("items").valueStream())
        .filteredOn(entry -> entry.path("target").asString().contains(id))
        .singleElement()
        .satisfies(entry ->
            assertThat(entry.path("source").asString())
                .isIn("127.0.0.1", "0:0:0:0:0:0:0:1", "::1"));
  }

  @Test
  void namesTheMethodsThatAreAllowed() {
    Answer answer =
        producer.send(producer.request("/v1/tasks").method("PUT", BodyPublishers.noBody()));

    assertThat(answer.header("Allow")).contains("GET").contains("POST");
  }

  @Test
  void refusesToAnswerHtml() {
    expectProblem(producer.get("/v1/tasks", "Accept", "text/html"), 406, "not-acceptable");
  }

  @Test
  void refusesLargeHeadsAndMalformedRequests() {
    expectProblem(raw.send(get("X-Large: " + "x".repeat(9000))), 400, "bad-request");
    expectProblem(raw.send(get("X-Many: 1\n".repeat(200).strip())), 400, "bad-request");
    expectProblem(raw.send(get("Bad Header")), 400, "bad-request");
    expectProblem(raw.send("GET /v1/tasks HTTP/1.1\n\n"), 400, "bad-request");
    expectProblem(raw.send("nonsense\n\n"), 400, "bad-request");
  }

  private static String get(String header) {
    return "GET /v1/tasks?limit=1 HTTP/1.1\nHost: localhost\n" + header + "\n\n";
  }
}
