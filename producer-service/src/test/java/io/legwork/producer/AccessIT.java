package io.legwork.producer;

import static io.legwork.producer.Guarded.OWNER;
import static io.legwork.producer.Problems.expectProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.legwork.access.Endpoint;
import io.legwork.access.Endpoints;
import io.legwork.access.Role;
import io.legwork.local.DatabaseAccess;
import io.legwork.local.TestInfra;
import io.legwork.producer.ProducerUnderTest.Answer;
import io.legwork.producer.RawHttp.Reply;
import io.legwork.task.TypeDefinition;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Nobody in who does not belong. */
class AccessIT {

  private static final String TASK = "{'type':'echo','payload':1}";

  private static DatabaseAccess database;
  private static Guarded guarded;

  @BeforeAll
  static void start() {
    database = TestInfra.database();
    guarded = Guarded.start(database);
  }

  @AfterAll
  static void stop() {
    guarded.close();
  }

  @Test
  void letsNobodyInWithoutAKey() {
    int before = guarded.producer().stored();
    for (Endpoint endpoint : Endpoints.PRODUCER) {
      String path = path(endpoint);
      Answer answer =
          guarded
              .producer()
              .send(
                  guarded
                      .producer()
                      .request(path)
                      .method(endpoint.method(), BodyPublishers.noBody()));
      if (endpoint.role() != null) {
        expectProblem(answer, 401, "unauthenticated");
        assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer realm=\"legwork\"");
      } else {
        assertThat(answer.status()).as(endpoint.operation()).isNotEqualTo(401);
      }
    }
    expectProblem(guarded.producer().get("/v1/nothing"), 401, "unauthenticated");
    expectProblem(guarded.producer().post("/v1/tasks", TASK), 401, "unauthenticated");
    assertThat(guarded.producer().stored()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Bearer",
        "Bearer ",
        "Bearer lw_default_short",
        "Bearer lw_default_0123456789012345678901234567890123456789012",
        "Basic YWRtaW46YWRtaW4=",
        "lw_default_0123456789012345678901234567890123456789012",
        "Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJtZSJ9.",
        "Digest username=\"admin\"",
      })
  void letsNobodyInWithAWrongOne(String header) {
    expectProblem(
        guarded.producer().get("/v1/tasks", "Authorization", header), 401, "unauthenticated");
  }

  @Test
  void takesAKeyFromOneHeaderOnly() {
    String basic =
        Base64.getEncoder().encodeToString((OWNER + ":").getBytes(StandardCharsets.US_ASCII));

    expectProblem(
        guarded.producer().get("/v1/tasks?access_token=" + OWNER), 401, "unauthenticated");
    expectProblem(
        guarded.producer().get("/v1/tasks", "Cookie", "key=" + OWNER), 401, "unauthenticated");
    expectProblem(
        guarded.producer().get("/v1/tasks", "Authorization", "Basic " + basic),
        401,
        "unauthenticated");
    expectProblem(
        guarded
            .producer()
            .get("/v1/tasks", "Authorization", "Bearer " + OWNER, "Authorization", "Bearer x"),
        401,
        "unauthenticated");
    assertThat(guarded.call("GET", "/v1/tasks", OWNER).status()).isEqualTo(200);
    assertThat(guarded.producer().get("/v1/tasks", "Authorization", "bearer " + OWNER).status())
        .isEqualTo(200);
  }

  @Test
  void refusesAKeyThatIsLargerThanAnyHeader() {
    Reply reply =
        new RawHttp(guarded.producer().port())
            .send(
                "GET /v1/tasks HTTP/1.1\nHost: localhost\nAuthorization: Bearer %s\n\n"
                    .formatted("x".repeat(100_000)));

    expectProblem(reply, 400, "bad-request");
  }

  @Test
  void tellsBrowsersOfOtherOriginsNothing() {
    Answer plain =
        guarded
            .producer()
            .get("/v1/tasks", "Authorization", "Bearer " + OWNER, "Origin", "https://evil.example");
    Answer preflight =
        guarded
            .producer()
            .send(
                guarded
                    .producer()
                    .request(
                        "/v1/tasks",
                        "Origin",
                        "https://evil.example",
                        "Access-Control-Request-Method",
                        "POST")
                    .method("OPTIONS", BodyPublishers.noBody()));

    assertThat(plain.headers().map()).doesNotContainKey("access-control-allow-origin");
    assertThat(preflight.status()).isEqualTo(401);
    assertThat(preflight.headers().map()).doesNotContainKey("access-control-allow-origin");
    assertThat(plain.headers().map()).doesNotContainKey("set-cookie");
  }

  @Test
  void keepsHealthAndMetricsOnThePortOfTheirOwn() {
    assertThat(guarded.producer().manage("/actuator/health/liveness").status()).isEqualTo(200);
    assertThat(guarded.producer().metrics()).contains("legwork_");
    expectProblem(guarded.producer().get("/actuator/health"), 401, "unauthenticated");
    expectProblem(guarded.call("GET", "/actuator/health", OWNER), 404, "not-found");
    for (String path : List.of("/actuator/env", "/actuator/heapdump", "/actuator/loggers")) {
      assertThat(guarded.producer().manage(path).status()).as(path).isIn(401, 404);
    }
  }

  @Test
  @ExtendWith(OutputCaptureExtension.class)
  void doesNotStartWhereNobodyCouldBeLetIn(CapturedOutput output) {
    DatabaseAccess empty = TestInfra.database();

    assertThatThrownBy(() -> ProducerUnderTest.start(empty, "--legwork.security.open=false"))
        .hasMessageContaining("nobody could use this service");

    assertThat(output)
        .contains("APPLICATION FAILED TO START")
        .contains("LEGWORK_SECURITY_ADMIN_KEYS=\"lw_default_$(openssl rand -hex 32)\"")
        .contains("LEGWORK_SECURITY_OPEN=true");
  }

  @Test
  void needsNoConfiguredKeyOnceThereIsOneInTheLedger() {
    String key = guarded.keyWith("read");

    try (ProducerUnderTest other =
        ProducerUnderTest.start(
            database,
            "--legwork.security.open=false",
            "--legwork.security.failures-per-second=1")) {
      assertThat(other.get("/v1/tasks", "Authorization", "Bearer " + key).status()).isEqualTo(200);
      expectProblem(
          other.get("/v1/tasks", "Authorization", "Bearer " + OWNER), 401, "unauthenticated");
      Answer tooOften =
          await()
              .atMost(Duration.ofSeconds(20))
              .pollInterval(Duration.ofMillis(1))
              .until(
                  () -> other.get("/v1/tasks", "Authorization", "Bearer " + OWNER),
                  answer -> answer.status() == 429);
      expectProblem(tooOften, 429, "too-many-failures");
      assertThat(tooOften.header("Retry-After")).isEqualTo("1");
      assertThat(other.get("/v1/tasks", "Authorization", "Bearer " + key).status()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @EnumSource
  void asksForTheRoleOfEveryOperation(Role role) {
    String key = guarded.keyWith(role.wireName());

    for (Endpoint endpoint : Endpoints.PRODUCER) {
      String path = path(endpoint);
      boolean allowed = endpoint.role() == null || role.includes(endpoint.role());

      Answer answer = guarded.call(endpoint.method(), path, key);

      if (allowed) {
        assertThat(answer.status()).as(endpoint.operation()).isNotIn(401, 403, 500);
      } else {
        expectProblem(answer, 403, "forbidden");
      }
    }
  }

  private static String path(Endpoint endpoint) {
    return endpoint
        .path()
        .replace("{id}", UUID.randomUUID().toString())
        .replace("{name}", "nobody");
  }

  @Test
  void answersAHeadAsItsGet() {
    String key = guarded.keyWith("admin");

    assertThat(guarded.call("HEAD", "/v1/tasks", key).status()).isEqualTo(403);
    assertThat(guarded.call("HEAD", "/v1/keys", key).status()).isEqualTo(200);
  }

  @Test
  void keepsALimitedKeyToItsTypesAndQueues() {
    String key =
        guarded
            .make(
                "{'name':'limited','roles':['submit','operate'],'types':['echo'],'queues':['bulk']}")
            .text("key");
    String elsewhere = guarded.post("/v1/tasks", TASK, OWNER).text("id");
    String other =
        guarded
            .post("/v1/tasks", "{'type':'image.thumbnail','queue':'bulk','payload':1}", OWNER)
            .text("id");

    Answer submitted = guarded.post("/v1/tasks", "{'type':'echo','queue':'bulk','payload':1}", key);

    assertThat(submitted.status()).isEqualTo(202);
    expectProblem(guarded.post("/v1/tasks", TASK, key), 403, "forbidden");
    Answer batch =
        guarded.post(
            "/v1/tasks/batch",
            "{'tasks':[%s,{'type':'echo','queue':'bulk','payload':1}]}".formatted(TASK),
            key);
    assertThat(batch.body().at("/items/0/status").asInt()).isEqualTo(403);
    assertThat(batch.body().at("/items/1/status").asInt()).isEqualTo(202);
    assertThat(guarded.call("GET", "/v1/tasks/" + submitted.text("id"), key).status())
        .isEqualTo(200);
    for (String hidden : List.of(elsewhere, other)) {
      for (String more : List.of("", "/events", "/attempts", "/deliveries")) {
        expectProblem(
            guarded.call("GET", "/v1/tasks/" + hidden + more, key), 404, "task-not-found");
      }
      expectProblem(
          guarded.call("POST", "/v1/tasks/" + hidden + "/cancel", key), 404, "task-not-found");
      assertThat(guarded.call("GET", "/v1/tasks/" + hidden, OWNER).text("state"))
          .isEqualTo("QUEUED");
      guarded.producer().fail(hidden, "on purpose");
      expectProblem(
          guarded.call("POST", "/v1/tasks/" + hidden + "/redrive", key), 404, "task-not-found");
      assertThat(guarded.call("GET", "/v1/tasks/" + hidden, OWNER).text("state"))
          .isEqualTo("FAILED");
    }
    assertThat(guarded.call("GET", "/v1/tasks", key).body().path("items"))
        .hasSize(2)
        .allSatisfy(task -> assertThat(task.path("queue").asString()).isEqualTo("bulk"));
    guarded.producer().register(TypeDefinition.of("echo"), TypeDefinition.of("image.thumbnail"));
    assertThat(guarded.call("GET", "/v1/types", key).body().path("items"))
        .singleElement()
        .satisfies(type -> assertThat(type.path("type").asString()).isEqualTo("echo"));
    expectProblem(guarded.call("GET", "/v1/subscriptions", key), 403, "forbidden");
    expectProblem(guarded.call("GET", "/v1/deliveries", key), 403, "forbidden");
  }

  @Test
  void showsAKeyOnce() {
    Answer made = guarded.make("{'name':'ci','roles':['read'],'expiresIn':'90d'}");

    assertThat(made.status()).isEqualTo(201);
    assertThat(made.header("Cache-Control")).isEqualTo("no-store");
    assertThat(made.text("key")).matches("lw_default_[0-9A-Za-z]{43}");
    Answer read = guarded.call("GET", made.header("Location"), OWNER);
    assertThat(read.body().has("key")).isFalse();
    assertThat(read.text("name")).isEqualTo("ci");
    assertThat(read.text("expiresAt")).isNotEmpty();
    assertThat(guarded.call("GET", "/v1/keys", OWNER).body().toString())
        .contains(made.text("id"))
        .doesNotContain(made.text("key"));
  }

  @Test
  void writesDownWhenAKeyWasUsed() {
    Answer made = guarded.make("{'name':'used','roles':['read']}");

    guarded.call("GET", "/v1/tasks", made.text("key"));

    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> guarded.call("GET", made.header("Location"), OWNER).body().has("lastUsedAt"));
  }

  @Test
  void putsANewKeyInThePlaceOfAnother() {
    Answer former = guarded.make("{'name':'old','roles':['read'],'types':['echo']}");

    Answer fresh =
        guarded.call("POST", "/v1/keys/" + former.text("id") + "/rotate?overlap=1h", OWNER);
    Answer last =
        guarded.call("POST", "/v1/keys/" + fresh.text("id") + "/rotate?overlap=0s", OWNER);

    assertThat(fresh.status()).isEqualTo(201);
    assertThat(last.body().path("types")).hasSize(1);
    assertThat(guarded.call("GET", "/v1/tasks", former.text("key")).status()).isEqualTo(200);
    assertThat(guarded.call("GET", "/v1/tasks", last.text("key")).status()).isEqualTo(200);
    expectProblem(guarded.call("GET", "/v1/tasks", fresh.text("key")), 401, "unauthenticated");
    expectProblem(
        guarded.call("POST", "/v1/keys/" + last.text("id") + "/rotate?overlap=1y", OWNER),
        400,
        "invalid-parameter");
  }

  @Test
  void revokesAKeyOnEveryInstance() {
    try (Guarded other = Guarded.start(database)) {
      Answer made = guarded.make("{'name':'gone','roles':['read']}");
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> other.call("GET", "/v1/tasks", made.text("key")).status() == 200);

      Answer revoked = guarded.call("DELETE", "/v1/keys/" + made.text("id"), OWNER);

      assertThat(revoked.status()).isEqualTo(204);
      expectProblem(guarded.call("GET", "/v1/tasks", made.text("key")), 401, "unauthenticated");
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> other.call("GET", "/v1/tasks", made.text("key")).status() == 401);
      expectProblem(
          guarded.call("DELETE", "/v1/keys/" + made.text("id"), OWNER), 404, "key-not-found");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "{'name':'x','roles':[]}",
        "{'name':'x','roles':['root']}",
        "{'name':'x','roles':'read'}",
        "{'name':'','roles':['read']}",
        "{'name':'x','roles':['read'],'tenant':'other'}",
        "{'name':'x','roles':['read'],'id':'1'}",
        "{'name':'x','roles':['read'],'expiresIn':'-1h'}",
        "{'name':'x','roles':['read'],'types':[7]}",
        "{'name':'x','roles':['admin'],'types':['echo']}",
      })
  void refusesWhatIsNoKey(String settings) {
    expectProblem(guarded.make(settings), 422, "invalid-key-settings");
  }

  @Test
  void describesKeysAsTheyAre() {
    var api = new ApiDescription(guarded.producer().get("/openapi").body());
    Answer made = guarded.make("{'name':'described','roles':['read']}");

    api.expectConforming("Key", made.body());
    api.expectConforming("KeyPage", guarded.call("GET", "/v1/keys", OWNER).body());
  }
}
