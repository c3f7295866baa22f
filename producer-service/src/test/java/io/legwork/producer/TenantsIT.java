package io.legwork.producer;

import static io.legwork.producer.Guarded.NEWCOMER;
import static io.legwork.producer.Guarded.OWNER;
import static io.legwork.producer.Guarded.STRANGER;
import static io.legwork.producer.Problems.expectProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.legwork.access.Endpoint;
import io.legwork.access.Endpoints;
import io.legwork.local.TestInfra;
import io.legwork.producer.ProducerUnderTest.Answer;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What belongs to another tenant is not there (guarantee G12). */
class TenantsIT {

  private static Guarded guarded;
  private static String task;
  private static List<String> foreign;

  @BeforeAll
  static void start() {
    guarded = Guarded.start(TestInfra.database());
    task = guarded.post("/v1/tasks", "{'type':'echo','payload':'theirs'}", OWNER).text("id");
    String subscription =
        guarded
            .post(
                "/v1/subscriptions",
                "{'name':'theirs','webhook':{'url':'https://example.org/hook'}}",
                OWNER)
            .text("id");
    String delivery =
        guarded.call("POST", "/v1/subscriptions/" + subscription + "/test", OWNER).text("delivery");
    String key = guarded.make("{'name':'theirs','roles':['read']}").text("id");
    foreign = List.of(task, subscription, delivery, key);
    assertThat(foreign).allMatch(id -> id.length() == 36);
  }

  @AfterAll
  static void stop() {
    guarded.close();
  }

  @Test
  void everyOperationAnswersForeignIdsAsUnknownOnes() {
    List<Endpoint> withIds =
        Endpoints.PRODUCER.stream()
            .filter(endpoint -> endpoint.path().contains("{id}") && endpoint.role() != null)
            .toList();
    assertThat(withIds).hasSizeGreaterThan(15);
    for (Endpoint endpoint : withIds) {
      Answer unknown = ask(endpoint, UUID.randomUUID().toString());
      assertThat(unknown.status()).as(endpoint.operation()).isEqualTo(404);
      for (String id : foreign) {
        Answer answer = ask(endpoint, id);

        assertThat(answer.status()).as(endpoint.operation()).isEqualTo(404);
        assertThat(answer.body()).as(endpoint.operation()).isEqualTo(unknown.body());
      }
    }
    assertThat(guarded.call("GET", "/v1/tasks/" + task, OWNER).text("state")).isEqualTo("QUEUED");
  }

  /** Whoever measures cannot tell a foreign id from one that nobody has. */
  @Test
  void foreignIdsTakeAsLongAsUnknownOnes() {
    var foreignTimes = new ArrayList<Long>();
    var unknownTimes = new ArrayList<Long>();
    for (int i = 0; i < 400; i++) {
      foreignTimes.add(time(task));
      unknownTimes.add(time(UUID.randomUUID().toString()));
    }

    double ratio = (double) median(foreignTimes) / median(unknownTimes);
    assertThat(ratio).isBetween(0.5, 2.0);
  }

  private static long time(String id) {
    long start = System.nanoTime();
    assertThat(guarded.call("GET", "/v1/tasks/" + id, STRANGER).status()).isEqualTo(404);
    return System.nanoTime() - start;
  }

  private static long median(List<Long> times) {
    return times.stream().sorted().skip(times.size() / 2).findFirst().orElseThrow();
  }

  private static Answer ask(Endpoint endpoint, String id) {
    String path = endpoint.path().replace("{id}", id);
    return endpoint.method().equals("PUT")
        ? guarded
            .producer()
            .send(
                guarded
                    .producer()
                    .request(
                        path,
                        "Authorization",
                        "Bearer " + STRANGER,
                        "Content-Type",
                        "application/json")
                    .PUT(
                        BodyPublishers.ofString(
                            "{\"name\":\"mine\",\"webhook\":{\"url\":\"https://example.org/\"}}")))
        : guarded.call(endpoint.method(), path, STRANGER);
  }

  @Test
  void everyListShowsOnlyWhatIsOnes() {
    for (String path : List.of("/v1/tasks", "/v1/subscriptions", "/v1/deliveries", "/v1/keys")) {
      assertThat(guarded.call("GET", path, NEWCOMER).body().path("items")).as(path).isEmpty();
      assertThat(guarded.call("GET", path, OWNER).body().path("items")).as(path).isNotEmpty();
    }
  }

  @Test
  void operationsOnManyTouchOnlyWhatIsOnes() {
    String failed = guarded.post("/v1/tasks", "{'type':'echo','payload':1}", OWNER).text("id");
    guarded.producer().fail(failed, "on purpose");

    Answer redriven = guarded.call("POST", "/v1/tasks/redrive?state=FAILED", STRANGER);
    guarded.call("POST", "/v1/deliveries/redeliver?since=2020-01-01T00:00:00Z", STRANGER);

    assertThat(redriven.body().path("redriven").asInt()).isZero();
    assertThat(guarded.call("GET", "/v1/tasks/" + failed, OWNER).text("state")).isEqualTo("FAILED");
  }

  @Test
  void aCursorOfAnotherTenantIsNone() {
    guarded.post("/v1/tasks", "{'type':'echo','payload':1}", OWNER);
    guarded.post("/v1/tasks", "{'type':'echo','payload':2}", OWNER);
    String cursor = guarded.call("GET", "/v1/tasks?limit=1", OWNER).text("nextCursor");

    expectProblem(
        guarded.call("GET", "/v1/tasks?limit=1&cursor=" + cursor, STRANGER), 400, "invalid-cursor");
  }

  @Test
  void theSameIdempotencyKeyIsAnotherTask() {
    String body = "{'type':'echo','payload':1}";
    Answer theirs = submit(body, OWNER);
    Answer mine = submit("{'type':'echo','payload':2}", STRANGER);

    assertThat(mine.status()).isEqualTo(202);
    assertThat(mine.text("id")).isNotEqualTo(theirs.text("id"));
    assertThat(mine.header("Idempotent-Replayed")).isEmpty();
    assertThat(submit(body, OWNER).text("id")).isEqualTo(theirs.text("id"));
  }

  @Test
  void aTenantIsMadeWithItsFirstKeyAndEndsWithItsLast() {
    Answer made = guarded.post("/v1/tenants", "{'name':'fresh'}", OWNER);

    assertThat(made.status()).isEqualTo(201);
    assertThat(made.text("key")).matches("lw_fresh_[0-9A-Za-z]{43}");
    Answer working =
        guarded.post("/v1/keys", "{'name':'work','roles':['submit']}", made.text("key"));
    assertThat(working.text("tenant")).isEqualTo("fresh");
    Answer submitted =
        guarded.post("/v1/tasks", "{'type':'echo','payload':1,'delay':'1d'}", working.text("key"));
    assertThat(submitted.status()).isEqualTo(202);
    expectProblem(guarded.post("/v1/tenants", "{'name':'fresh'}", OWNER), 409, "tenant-conflict");
    Answer list = guarded.call("GET", "/v1/tenants", OWNER);
    new ApiDescription(guarded.producer().get("/openapi").body())
        .expectConforming("TenantPage", list.body());
    assertThat(list.body().at("/items").valueStream())
        .anySatisfy(tenant -> {
          assertThat(tenant.path("name").asString()).isEqualTo("fresh");
          assertThat(tenant.path("keys").asInt()).isEqualTo(2);
        });

    assertThat(guarded.call("DELETE", "/v1/tenants/fresh", OWNER).status()).isEqualTo(204);

    for (Answer key : List.of(made, working)) {
      expectProblem(guarded.call("GET", "/v1/tasks", key.text("key")), 401, "unauthenticated");
    }
    expectProblem(guarded.call("DELETE", "/v1/tenants/fresh", OWNER), 404, "tenant-not-found");
  }

  @Test
  void onlyTheInstallationKeepsTheTenants() {
    expectProblem(guarded.call("GET", "/v1/tenants", STRANGER), 403, "forbidden");
    expectProblem(guarded.post("/v1/tenants", "{'name':'mine'}", STRANGER), 403, "forbidden");
    expectProblem(guarded.call("DELETE", "/v1/tenants/default", STRANGER), 403, "forbidden");
    expectProblem(guarded.call("DELETE", "/v1/tenants/default", OWNER), 409, "tenant-conflict");
    for (String name : List.of("", "A", "a_b", "-a", "a".repeat(64), "../x")) {
      expectProblem(
          guarded.post("/v1/tenants", "{'name':'%s'}".formatted(name), OWNER),
          422,
          "invalid-key-settings");
    }
  }

  @Test
  void aTaskBelongsToTheTenantOfTheKeyWhateverItSays() {
    expectProblem(
        guarded.post("/v1/tasks", "{'type':'echo','payload':1,'tenant':'default'}", STRANGER),
        422,
        "invalid-task");
    String mine = guarded.post("/v1/tasks", "{'type':'echo','payload':1}", STRANGER).text("id");

    assertThat(guarded.call("GET", "/v1/tasks/" + mine, STRANGER).status()).isEqualTo(200);
    expectProblem(guarded.call("GET", "/v1/tasks/" + mine, OWNER), 404, "task-not-found");
    guarded.call("POST", "/v1/tasks/" + mine + "/cancel", STRANGER);
  }

  private static Answer submit(String body, String key) {
    return guarded
        .producer()
        .post("/v1/tasks", body, "Authorization", "Bearer " + key, "Idempotency-Key", "the-same");
  }
}
