package io.legwork.producer;

import static io.legwork.producer.Guarded.OWNER;
import static io.legwork.producer.Guarded.STRANGER;
import static io.legwork.producer.Problems.expectProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.legwork.local.TestInfra;
import io.legwork.producer.ProducerUnderTest.Answer;
import io.legwork.producer.RawHttp.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who guesses keys or ids has to wait, and nobody else. */
class GuessingIT {

  private static final String WRONG = "lw_default_" + "guess0".repeat(10);
  private static final String TASK = "{'type':'echo','payload':1}";
  private static final int FAILURES_PER_SECOND = 20;

  private static final int GUESSERS = 300;

  private static Guarded guarded;

  @BeforeAll
  static void start() {
    ProducerUnderTest producer =
        ProducerUnderTest.start(
            TestInfra.database(),
            "--legwork.security.admin-keys=" + OWNER + "," + STRANGER,
            "--legwork.security.origins=https://app.example.org",
            "--legwork.security.failures-per-second=" + FAILURES_PER_SECOND,
            "--legwork.security.misses-per-second=2");
    guarded = new Guarded(producer, OWNER);
  }

  @AfterAll
  static void stop() {
    guarded.close();
  }

  /** Without a key a request gets as far as the filter chain, with a wrong one it does not. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /v1/tasks",
        "POST /v1/tasks",
        "HEAD /v1/tasks",
        "PURGE /v1/tasks",
        "GET /v1/nothing",
        "GET //v1/tasks",
        "GET /v1/tasks;a=b",
        "GET /actuator/env",
      })
  void answersAWrongKeyAsItAnswersNone(String operation) {
    for (String origin :
        List.of("", "Origin: https://app.example.org\n", "Origin: https://evil.example\n")) {
      String without = settled(operation, origin);
      String with = settled(operation, origin + "Authorization: Bearer " + WRONG + "\n");

      assertThat(with).isNotEmpty().isEqualTo(without);
    }
  }

  @Test
  void answersTheQuestionsOfBrowsersWhateverKeyTheyShow() {
    String preflight = "Origin: https://app.example.org\nAccess-Control-Request-Method: POST\n";

    String without = settled("OPTIONS /v1/tasks", preflight);
    String with = settled("OPTIONS /v1/tasks", preflight + "Authorization: Bearer x\n");

    assertThat(with).contains("HTTP/1.1 200").isEqualTo(without);
  }

  /** An answer that is not of the second in which too many keys were wrong. */
  private static String settled(String operation, String headers) {
    return await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> answer(operation, headers), text -> !text.contains("HTTP/1.1 429"));
  }

  /** What was sent back, except for the time, what was wrong with the key, and the lines' order. */
  private static String answer(String operation, String headers) {
    Reply reply =
        new RawHttp(guarded.producer().port())
            .send(
                "%s HTTP/1.1\nHost: localhost\nConnection: close\n%s\n"
                    .formatted(operation, headers));
    return reply
        .text()
        .replaceAll("Date: .*\r\n", "")
        .replaceAll("Content-Length: .*\r\n", "")
        .replaceAll("there is no key|the key is not valid", "…")
        .lines()
        .sorted()
        .collect(Collectors.joining("\n"));
  }

  @Test
  void countsThemWithAllOtherRequests() {
    assertThat(settled("DELETE /v1/keys", "")).contains("HTTP/1.1 401");
    await().until(() -> refusedDeletions().size() == 1);
    String before = refusedDeletions().getFirst();

    assertThat(settled("DELETE /v1/keys", "Authorization: Bearer x\n")).contains("HTTP/1.1 401");

    await().until(() -> !refusedDeletions().getFirst().equals(before));
    assertThat(refusedDeletions()).as("one series, whoever counted").hasSize(1);
  }

  private static List<String> refusedDeletions() {
    return guarded
        .producer()
        .metrics()
        .lines()
        .filter(line -> line.startsWith("http_server_requests_seconds_count"))
        .filter(line -> line.contains("method=\"DELETE\"") && line.contains("status=\"401\""))
        .toList();
  }

  @Test
  void keepsAConnectionWaitingThatSendsTooManyWrongKeys() {
    for (int i = 0; i < FAILURES_PER_SECOND; i++) {
      guarded.call("GET", "/v1/tasks", WRONG);
    }

    long begun = System.nanoTime();
    Answer answer = guarded.call("GET", "/v1/tasks", WRONG);
    while (answer.status() != 429) {
      begun = System.nanoTime();
      answer = guarded.call("GET", "/v1/tasks", WRONG);
    }

    assertThat(Duration.ofNanos(System.nanoTime() - begun))
        .isGreaterThanOrEqualTo(Duration.ofSeconds(1));
    expectProblem(answer, 429, "too-many-failures");
    assertThat(answer.header("Retry-After")).isEqualTo("1");
    assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
  }

  @Test
  void letsTheRightKeyInBesideManyWrongOnes() throws InterruptedException {
    Set<Integer> answers = ConcurrentHashMap.newKeySet();
    var over = new AtomicBoolean();
    List<Thread> guessers = new ArrayList<>();
    for (int i = 0; i < GUESSERS; i++) {
      guessers.add(
          Thread.ofVirtual()
              .start(() -> {
                while (!over.get()) {
                  answers.add(guarded.call("GET", "/v1/tasks", WRONG).status());
                }
              }));
    }
    await().atMost(Duration.ofSeconds(30)).until(() -> answers.contains(429));

    for (int i = 0; i < 30; i++) {
      assertThat(guarded.call("GET", "/v1/tasks", OWNER).status()).isEqualTo(200);
    }
    over.set(true);
    for (Thread guesser : guessers) {
      guesser.join();
    }

    assertThat(answers).containsExactlyInAnyOrder(401, 429);
  }

  @Test
  void letsAKeyWaitThatTriesIds() {
    String key = guarded.keyWith("submit,operate");
    String other = guarded.keyWith("read");
    String mine = guarded.post("/v1/tasks", TASK, key).text("id");
    String theirs = guarded.post("/v1/tasks", TASK, STRANGER).text("id");

    Answer refused =
        await()
            .atMost(Duration.ofSeconds(30))
            .pollInterval(Duration.ofMillis(1))
            .until(() -> tried(key, theirs), answer -> answer.status() == 429);

    assertThat(refused.text("code")).isEqualTo("abnormal-usage-detected");
    assertThat(refused.text("type"))
        .isEqualTo("https://iana.org/assignments/http-problem-types#abnormal-usage-detected");
    assertThat(refused.body().path("violated-policies").path(0).asString())
        .isEqualTo("unknown-ids");
    assertThat(refused.header("Retry-After")).isEqualTo("1");
    assertThat(guarded.call("GET", "/v1/tasks/" + mine, other).status()).isEqualTo(200);
    assertThat(guarded.post("/v1/tasks", TASK, key).status()).isEqualTo(202);
    assertThat(guarded.call("GET", "/v1/tasks", key).status()).isEqualTo(200);
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> guarded.call("GET", "/v1/tasks/" + mine, key).status() == 200);
  }

  /** One id that there is not, and one of another tenant. */
  private static Answer tried(String key, String theirs) {
    Answer unknown = guarded.call("GET", "/v1/tasks/" + UUID.randomUUID(), key);
    Answer foreign = guarded.call("POST", "/v1/tasks/" + theirs + "/cancel", key);
    assertThat(unknown.status()).isIn(404, 429);
    assertThat(foreign.status()).isIn(404, 429);
    return foreign;
  }

  @Test
  void letsNobodyWaitWhoLooksForAFewThatAreGone() {
    String key = guarded.keyWith("read");

    for (int i = 0; i < 10; i++) {
      expectProblem(
          guarded.call("GET", "/v1/tasks/" + UUID.randomUUID(), key), 404, "task-not-found");
    }
  }
}
