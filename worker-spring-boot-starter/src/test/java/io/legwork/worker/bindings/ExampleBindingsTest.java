package io.legwork.worker.bindings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.legwork.handler.Outcome;
import io.legwork.handler.testing.EndedAttempt.Progress;
import io.legwork.handler.testing.TestContext;
import io.legwork.outbound.OutboundClient;
import io.legwork.outbound.OutboundPolicy;
import io.legwork.outbound.OutboundProperties;
import io.legwork.secrets.ReportKey;
import io.legwork.task.TypeDefinition;
import io.legwork.worker.handlers.Declaration;
import io.legwork.worker.handlers.RegisteredHandler;
import io.legwork.worker.http.TestServer;
import io.legwork.worker.push.PushDeclaration;
import io.legwork.worker.push.PushHandler;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The examples in other languages do what their descriptions say. */
@Timeout(120)
class ExampleBindingsTest {

  private static final Path EXAMPLES = Path.of("../examples").toAbsolutePath().normalize();
  private static final ReportKey KEY = ReportKey.random();
  private static final String SECRET = "whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIz";

  private final OutboundPolicy policy =
      new OutboundPolicy(new OutboundProperties(List.of("loopback"), List.of("http"), List.of()));
  private final OutboundClient client = new OutboundClient(policy, Duration.ofSeconds(10));
  private @Nullable Process endpoint;

  @AfterEach
  void stop() {
    client.close();
    if (endpoint != null) {
      endpoint.destroyForcibly();
    }
  }

  @Test
  void countsWordsInPython() throws Exception {
    assumeInstalled("python3");
    TestContext attempt = TestContext.first();

    Outcome outcome =
        declared("exec-python").run(json("{\"texts\":[\"one two\",\"three\"]}"), attempt);

    assertResult(outcome, "{\"words\":[2,1]}");
    assertThat(attempt.progress())
        .containsExactly(new Progress(50, "text 1 of 2"), new Progress(100, "text 2 of 2"));
  }

  @Test
  void goesOnInPythonWhereTheLastAttemptStopped() throws Exception {
    assumeInstalled("python3");
    TestContext attempt = TestContext.number(2);
    attempt.checkpoint(List.of(7));

    Outcome outcome =
        declared("exec-python").run(json("{\"texts\":[\"one two\",\"three\"]}"), attempt);

    assertResult(outcome, "{\"words\":[7,1]}");
  }

  @Test
  void digestsThePayloadInTheShell() throws Exception {
    assumeInstalled("sha256sum");

    Outcome outcome = declared("exec-shell").run(json("{}"), TestContext.first());

    assertResult(
        outcome,
        "{\"sha256\":\"44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a\"}");
  }

  @Test
  void answersInPythonWhoeverSignsRightly() throws Exception {
    assumeInstalled("python3");
    int port = start("http://unused", "python3", "push-python/endpoint.py");

    Outcome outcome = pushed(port, SECRET).run(json("{\"text\":\"ada\"}"), TestContext.number(3));

    assertResult(outcome, "{\"text\":\"ADA\",\"token\":3}");
    assertThat(pushed(port, SECRET.replace('M', 'N')).run(json("{}"), TestContext.first()))
        .isInstanceOfSatisfying(
            Outcome.Failed.class, refused -> assertThat(refused.reason()).contains("401"));
  }

  @Test
  void reportsInNodeUnderTheFencingToken() throws Exception {
    assumeInstalled("node");
    try (TestServer legwork = new TestServer()) {
      legwork.answer(204, "");
      int port = start(legwork.url(), "node", "push-node/endpoint.mjs");
      Thread attempt =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  pushed(port, SECRET).run(json("{\"pages\":2}"), TestContext.number(3));
                } catch (InterruptedException reportedFromOutside) {
                  Thread.currentThread().interrupt();
                }
              });

      assertThat(legwork.seen().body())
          .isEqualTo(reported("\"percent\":50,\"message\":\"page 1 of 2\""));
      assertThat(legwork.seen().uri()).isEqualTo("/v1/attempts/" + TestContext.TASK + "/progress");
      assertThat(legwork.seen().body())
          .isEqualTo(reported("\"outcome\":\"succeeded\",\"result\":{\"pages\":2}"));
      attempt.interrupt();
      attempt.join();
    }
  }

  @Test
  void goesOnInNodeUnderTheTokenThatItIsPushedAgain() throws Exception {
    assumeInstalled("node");
    var reports = new LinkedBlockingQueue<String>();
    var pushedAgain = new CountDownLatch(1);
    try (TestServer legwork = new TestServer()) {
      legwork.behave(exchange -> {
        String report =
            new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        boolean stale = report.contains("\"fencingToken\":3");
        if (stale) {
          awaitQuietly(pushedAgain);
        } else {
          reports.add(report);
        }
        exchange.sendResponseHeaders(stale ? 409 : 204, -1);
        exchange.close();
      });
      int port = start(legwork.url(), "node", "push-node/endpoint.mjs");
      Thread first = pushing(port, 3);
      Thread second = pushing(port, 4);
      pushedAgain.countDown();

      assertThat(reports.take())
          .startsWith("{\"fencingToken\":4,")
          .contains("\"percent\":50", token(4));
      assertThat(reports.take()).contains("\"percent\":100");
      assertThat(reports.take()).contains("\"outcome\":\"succeeded\"");
      assertThat(reports).isEmpty();
      first.interrupt();
      second.interrupt();
    }
  }

  /** Pushes an attempt and returns once the endpoint has taken it. */
  private Thread pushing(int port, int attempt) {
    Thread pushing =
        Thread.ofVirtual()
            .start(() -> {
              try {
                pushed(port, SECRET).run(json("{\"pages\":2}"), TestContext.number(attempt));
              } catch (InterruptedException reportedFromOutside) {
                Thread.currentThread().interrupt();
              }
            });
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() ->
            Arrays.stream(pushing.getStackTrace())
                .anyMatch(frame -> frame.getMethodName().equals("reportedLater")));
    return pushing;
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException over) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void isDeclaredInSixLinesAtMost() throws IOException {
    try (Stream<Path> files = Files.walk(EXAMPLES)) {
      List<Path> declarations =
          files
              .filter(
                  file -> file.toString().endsWith(".yaml") && !file.toString().contains("target"))
              .toList();
      assertThat(declarations).hasSizeGreaterThanOrEqualTo(4);
      for (Path declaration : declarations) {
        assertThat(Files.readAllLines(declaration)).hasSizeLessThanOrEqualTo(6);
      }
    }
  }

  private static String reported(String content) {
    return "{\"fencingToken\":3,\"reportToken\":\"%s\",%s}".formatted(token(3), content);
  }

  private static String token(int attempt) {
    return KEY.token(TestContext.TASK, attempt);
  }

  private static byte[] json(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static void assertResult(Outcome outcome, String json) {
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Succeeded.class, done -> assertThat(done.result()).hasToString(json));
  }

  private static RegisteredHandler declared(String example) {
    return new BindingFolder(
            EXAMPLES.resolve(example),
            declared -> {
              throw new AssertionError(declared);
            })
        .handlers()
        .getFirst();
  }

  private RegisteredHandler pushed(int port, String secret) {
    PushDeclaration declaration =
        new PushDeclaration("http://127.0.0.1:" + port + "/", secret, null);
    return RegisteredHandler.of(
        new Declaration(TypeDefinition.of("push"), 0, false, false),
        "test",
        new PushHandler(declaration, policy, client, KEY, InstantSource.system()));
  }

  /** Starts an endpoint, which prints the port it has found. */
  private int start(String legwork, String program, String script) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(program, EXAMPLES.resolve(script).toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().put("RENDER_SECRET", SECRET);
    builder.environment().put("LEGWORK_URL", legwork);
    builder.environment().put("PORT", "0");
    Process started = builder.start();
    endpoint = started;
    BufferedReader lines = started.inputReader();
    return Integer.parseInt(Objects.requireNonNull(lines.readLine()).strip());
  }

  private static void assumeInstalled(String program) {
    String path = Objects.requireNonNullElse(System.getenv("PATH"), "");
    assumeTrue(
        Stream.of(path.split(File.pathSeparator, -1))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, program))),
        program + " is not installed");
  }
}
