package io.legwork.worker.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.legwork.handler.Outcome;
import io.legwork.handler.testing.TestContext;
import io.legwork.outbound.OutboundClient;
import io.legwork.outbound.OutboundPolicy;
import io.legwork.outbound.OutboundProperties;
import io.legwork.outbound.SigningSecret;
import io.legwork.secrets.ReportKey;
import io.legwork.task.TypeDefinition;
import io.legwork.worker.handlers.Declaration;
import io.legwork.worker.handlers.RegisteredHandler;
import io.legwork.worker.http.TestServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Timeout(30)
class PushHandlerTest {

  private static final String SECRET = "whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIz";
  private static final ReportKey KEY = ReportKey.random();
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

  private final TestServer server = new TestServer();
  private final OutboundPolicy policy = allowing("loopback");
  private final OutboundClient client = new OutboundClient(policy, Duration.ofSeconds(5));

  @AfterEach
  void stop() {
    server.close();
    client.close();
  }

  @Test
  void postsTheAttemptSignedAndKeepsTheAnswer() throws Exception {
    server.answer(200, "{\"sum\":1.50}");

    Outcome outcome = run("{\"a\":[1.50]}");

    TestServer.Seen request = server.seen();
    JsonNode body = JsonMapper.shared().readTree(request.body());
    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.body()).endsWith("\"payload\":{\"a\":[1.50]}}");
    assertThat(body.path("task").asString()).isEqualTo(TestContext.TASK);
    assertThat(body.path("fencingToken").asInt()).isEqualTo(1);
    assertThat(body.path("reportToken").asString()).isEqualTo(KEY.token(TestContext.TASK, 1));
    assertThat(body.path("deadline").asString()).endsWith("Z");
    assertThat(request.header("X-key")).containsExactly("k");
    assertThat(request.header("Webhook-id")).containsExactly(TestContext.TASK + ".1");
    assertThat(request.header("Traceparent")).containsExactly(TestContext.TRACEPARENT);
    assertThat(request.header("Webhook-signature"))
        .containsExactly(
            SigningSecret.parse(SECRET)
                .sign(
                    TestContext.TASK + ".1",
                    NOON.getEpochSecond(),
                    request.body().getBytes(StandardCharsets.UTF_8)));
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Succeeded.class,
            done -> assertThat(done.result()).hasToString("{\"sum\":1.50}"));
  }

  @Test
  void succeedsWithoutAResult() throws Exception {
    server.answer(204, "");

    assertThat(run("1")).isEqualTo(Outcome.succeed());
  }

  @Test
  void waitsForTheReportOfWhatOutlivesTheRequest() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    server.behave(exchange -> {
      exchange.sendResponseHeaders(202, -1);
      exchange.close();
      asked.countDown();
    });
    CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
    Thread attempt =
        Thread.ofVirtual()
            .start(() -> {
              try {
                interrupted.completeExceptionally(new AssertionError(run("1")));
              } catch (InterruptedException over) {
                interrupted.complete(true);
              }
            });
    asked.await();

    attempt.interrupt();

    assertThat(interrupted.get()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"400,true", "404,true", "302,true", "408,false", "429,false", "500,false"})
  void takesTheStatusForTheKindOfFailure(int status, boolean permanent) throws Exception {
    server.answer(status, "because");

    assertThat(run("1"))
        .isEqualTo(
            new Outcome.Failed(
                "POST " + server.url() + "/run was answered " + status + ": because", permanent));
  }

  @Test
  void waitsAsLongAsRetryAfterSays() throws Exception {
    server.answer(503, "", "Retry-After", "30");

    assertThat(run("1"))
        .isEqualTo(
            Outcome.retryAfter(
                Duration.ofSeconds(30), "POST " + server.url() + "/run was answered 503"));
  }

  @Test
  void refusesAnAnswerThatIsNotJson() throws Exception {
    server.answer(200, "done");

    assertThat(run("1"))
        .isInstanceOfSatisfying(
            Outcome.Failed.class, failed -> assertThat(failed.permanent()).isTrue());
  }

  @Test
  void callsNobodyWhereRequestsMustNotGo() throws Exception {
    OutboundPolicy standard = allowing("public");
    try (OutboundClient guarded = new OutboundClient(standard, Duration.ofSeconds(5))) {
      Outcome outcome =
          registered(
                  new PushHandler(declaration(), standard, guarded, KEY, InstantSource.fixed(NOON)))
              .run(new byte[] {'1'}, TestContext.first());

      assertThat(outcome)
          .isInstanceOfSatisfying(
              Outcome.Failed.class,
              failed -> {
                assertThat(failed.permanent()).isTrue();
                assertThat(failed.reason()).contains("127.0.0.1").contains("must not go");
              });
    }
    assertThat(server.requests()).isZero();
  }

  @Test
  void refusesADeclarationThatCannotBeUsed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            new PushHandler(
                new PushDeclaration("http://a/", "secret", null),
                policy,
                client,
                KEY,
                InstantSource.system()))
        .withMessageContaining("secret")
        .withMessageContaining("whsec_");
  }

  private Outcome run(String payload) throws InterruptedException {
    return registered(
            new PushHandler(declaration(), policy, client, KEY, InstantSource.fixed(NOON)))
        .run(payload.getBytes(StandardCharsets.UTF_8), TestContext.first());
  }

  private PushDeclaration declaration() {
    return new PushDeclaration(server.url() + "/run?key=1", SECRET, Map.of("X-Key", "k"));
  }

  private static RegisteredHandler registered(PushHandler handler) {
    return RegisteredHandler.of(
        new Declaration(TypeDefinition.of("push"), 0, false, false), "test", handler);
  }

  private static OutboundPolicy allowing(String allowed) {
    return new OutboundPolicy(
        new OutboundProperties(List.of(allowed), List.of("http", "https"), List.of()));
  }
}
