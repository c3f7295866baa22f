package io.legwork.producer;

import static io.legwork.producer.Guarded.NEWCOMER;
import static io.legwork.producer.Guarded.OWNER;
import static io.legwork.producer.Guarded.STRANGER;
import static io.legwork.producer.Problems.expectProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.legwork.local.DatabaseAccess;
import io.legwork.local.TestInfra;
import io.legwork.producer.ProducerUnderTest.Answer;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Nobody submits more than they may, and nobody has less for what others do. */
class FairUseIT {

  private static final String TASK = "{'type':'echo','payload':1,'delay':'1d'}";
  private static final int RATE = 200;

  private static List<Guarded> producers = List.of();

  @BeforeAll
  static void start() {
    DatabaseAccess database = TestInfra.database();
    producers =
        IntStream.range(0, 3)
            .mapToObj(
                _ -> Guarded.start(database, "--legwork.limits.key-submissions-per-second=5000"))
            .toList();
  }

  @AfterAll
  static void stop() {
    producers.parallelStream().forEach(Guarded::close);
  }

  @Test
  void threeProducersTogetherAcceptWhatOneWould() throws Exception {
    String key = tenant("metered");
    limit("metered", "{'submissionsPerSecond':%d}".formatted(RATE));
    awaitRefusal(key, batch(RATE / 2));
    Duration time = Duration.ofSeconds(4);

    long accepted = 0;
    long begin = System.nanoTime();
    try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> counts = new ArrayList<>();
      for (int i = 0; i < 9; i++) {
        Guarded producer = producers.get(i % producers.size());
        counts.add(clients.submit(() -> accepted(producer, key, begin + time.toNanos())));
      }
      for (Future<Integer> count : counts) {
        accepted += count.get();
      }
    }

    double seconds = (System.nanoTime() - begin) / 1e9;
    assertThat(accepted / seconds).isBetween(0.9 * RATE, 1.1 * RATE);
  }

  private static int accepted(Guarded producer, String key, long end) throws InterruptedException {
    int accepted = 0;
    while (System.nanoTime() - end < 0) {
      int status = producer.post("/v1/tasks", TASK, key).status();
      assertThat(status).isIn(202, 429);
      if (status == 202) {
        accepted++;
      } else {
        Thread.sleep(5);
      }
    }
    return accepted;
  }

  @Test
  void givesBackWhatAFailedSubmissionWasCharged() {
    String key = tenant("unlucky");
    limit("unlucky", "{'keySubmissionsPerSecond':1,'submissionsPerSecond':1}");
    Guarded producer = producers.getFirst();
    var ledger = JdbcClient.create(producer.producer().bean(DataSource.class));
    ledger
        .sql(
            "alter table shared_bucket"
                + " add constraint broken check (id <> 'tenant-submissions:unlucky')")
        .update();
    Answer failed = producer.post("/v1/tasks", TASK, key);
    ledger.sql("alter table shared_bucket drop constraint broken").update();

    Answer next = producer.post("/v1/tasks", TASK, key);

    assertThat(failed.status()).isGreaterThanOrEqualTo(500);
    assertThat(next.status()).isEqualTo(202);
  }

  @Test
  void tellsWhatIsLeftAndWhenThereIsMore() {
    String key = tenant("told");
    limit("told", "{'submissionsPerSecond':10,'payloadBytesPerDay':1000000}");
    awaitRefusal(key);

    Answer refused = flooded(key);

    assertThat(refused.text("type"))
        .isEqualTo("https://iana.org/assignments/http-problem-types#quota-exceeded");
    assertThat(refused.text("code")).isEqualTo("quota-exceeded");
    assertThat(refused.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(refused.body().at("/violated-policies/0").asString())
        .isEqualTo("tenant-submissions");
    assertThat(refused.header("Retry-After")).isEqualTo("1");
    assertThat(refused.header("RateLimit-Policy"))
        .isEqualTo("\"key-submissions\";q=5000;w=1, \"tenant-submissions\";q=10;w=1");
    assertThat(refused.header("RateLimit"))
        .matches("\"key-submissions\";r=[0-9]+;t=1, \"tenant-submissions\";r=[0-9];t=1");
    Answer accepted =
        await()
            .until(
                () -> producers.getFirst().post("/v1/tasks", TASK, key),
                answer -> answer.status() == 202);
    assertThat(accepted.header("RateLimit-Policy"))
        .endsWith("\"tenant-payload-bytes\";q=1000000;w=86400;qu=\"content-bytes\"");
  }

  @Test
  void aBatchIsAcceptedAsAWholeOrNotAtAll() {
    String key = tenant("bulky");
    limit("bulky", "{'submissionsPerSecond':10}");
    awaitRefusal(key);
    String batch = batch(50);

    Answer accepted =
        await()
            .atMost(Duration.ofSeconds(20))
            .until(
                () -> producers.getFirst().post("/v1/tasks/batch", batch, key),
                answer -> answer.status() == 200);
    Answer refused = producers.getLast().post("/v1/tasks/batch", batch, key);

    assertThat(accepted.body().path("items")).hasSize(50);
    assertThat(refused.status()).isEqualTo(429);
    assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(3, 5);
  }

  @Test
  void whatIsOpenIsLimited() {
    String key = tenant("stuffed");
    limit("stuffed", "{'openTasks':30}");
    int accepted = 0;
    Answer last = producers.getFirst().post("/v1/tasks", TASK, key);
    while (last.status() == 202 && accepted < 1_000) {
      accepted++;
      last = producers.getFirst().post("/v1/tasks", TASK, key);
    }

    assertThat(last.body().at("/violated-policies/0").asString()).isEqualTo("tenant-open-tasks");
    assertThat(open(key)).isEqualTo(30);

    String some =
        producers
            .getFirst()
            .call("GET", "/v1/tasks?limit=1", key)
            .body()
            .at("/items/0/id")
            .asString();
    producers.getFirst().call("POST", "/v1/tasks/" + some + "/cancel", key("operate", key));

    await()
        .untilAsserted(() ->
            assertThat(producers.getLast().post("/v1/tasks", TASK, key).status()).isEqualTo(202));
  }

  @Test
  void bytesOfADayAreLimited() {
    String key = tenant("verbose");
    limit("verbose", "{'payloadBytesPerDay':1000}");
    awaitRefusal(key);

    Answer refused = producers.getFirst().post("/v1/tasks", TASK, key);

    assertThat(refused.body().at("/violated-policies/0").asString())
        .isEqualTo("tenant-payload-bytes");
    assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 86_400);
  }

  @Test
  void whatOneKeyMayNotAnotherMay() {
    String admin = tenant("shared");
    String second =
        producers
            .getFirst()
            .post("/v1/keys", "{'name':'second','roles':['submit']}", admin)
            .text("key");
    String first = key("submit", admin);
    limit("shared", "{'keySubmissionsPerSecond':2}");
    awaitRefusal(first);

    Answer refused = flooded(first);

    assertThat(refused.body().at("/violated-policies/0").asString()).isEqualTo("key-submissions");
    assertThat(producers.getFirst().post("/v1/tasks", TASK, second).status()).isEqualTo(202);
    assertThat(producers.getFirst().post("/v1/tasks", TASK, NEWCOMER).status()).isEqualTo(202);
  }

  @Test
  void limitsAreSaidByTheInstallationOnly() {
    Answer set =
        put("/v1/tenants/quiet/limits", "{\"submissionsPerSecond\":7,\"openTasks\":null}", OWNER);
    Answer read = producers.getLast().call("GET", "/v1/tenants/quiet/limits", OWNER);

    assertThat(set.body()).isEqualTo(read.body());
    assertThat(read.body().toString())
        .isEqualTo(
            "{\"submissionsPerSecond\":7,\"effective\":{\"submissionsPerSecond\":7,"
                + "\"keySubmissionsPerSecond\":5000}}");
    new ApiDescription(producers.getFirst().producer().get("/openapi").body())
        .expectConforming("TenantLimits", read.body());
    expectProblem(put("/v1/tenants/quiet/limits", "{}", STRANGER), 403, "forbidden");
    expectProblem(put("/v1/tenants/A/limits", "{}", OWNER), 404, "tenant-not-found");
    for (String wrong :
        List.of(
            "[]",
            "{\"submissionsPerSecond\":0}",
            "{\"submissionsPerSecond\":1.5}",
            "{\"openTasks\":-1}",
            "{\"payloadBytesPerDay\":\"1GB\"}",
            "{\"payloadBytesPerDay\":99999999999999999999}",
            "{\"perSecond\":1}")) {
      expectProblem(put("/v1/tenants/quiet/limits", wrong, OWNER), 422, "invalid-limits");
    }
  }

  private static Answer put(String path, String body, String key) {
    ProducerUnderTest producer = producers.getFirst().producer();
    return producer.send(
        producer
            .request(path, "Authorization", "Bearer " + key, "Content-Type", "application/json")
            .PUT(BodyPublishers.ofString(body)));
  }

  private static void limit(String tenant, String limits) {
    String path = "/v1/tenants/" + tenant + "/limits";
    assertThat(put(path, limits.replace('\'', '"'), OWNER).status()).isEqualTo(200);
  }

  /** A key of a new tenant that may submit and keep keys. */
  private static String tenant(String name) {
    String first =
        producers
            .getFirst()
            .post("/v1/tenants", "{'name':'%s'}".formatted(name), OWNER)
            .text("key");
    String key =
        producers
            .getFirst()
            .post("/v1/keys", "{'name':'all','roles':['submit','admin']}", first)
            .text("key");
    for (Guarded producer : producers) {
      await()
          .untilAsserted(
              () -> assertThat(producer.call("GET", "/v1/keys", key).status()).isEqualTo(200));
    }
    return key;
  }

  private static String key(String role, String admin) {
    return producers
        .getFirst()
        .post("/v1/keys", "{'name':'%s','roles':['%s']}".formatted(role, role), admin)
        .text("key");
  }

  private static String batch(int tasks) {
    return "{'tasks':[" + (TASK + ",").repeat(tasks - 1) + TASK + "]}";
  }

  /** Until every producer knows of the limit. */
  private static void awaitRefusal(String key) {
    awaitRefusal(key, batch(1));
  }

  private static void awaitRefusal(String key, String batch) {
    for (Guarded producer : producers) {
      await()
          .atMost(Duration.ofSeconds(20))
          .pollInterval(Duration.ofMillis(1))
          .until(() -> producer.post("/v1/tasks/batch", batch, key).status() == 429);
    }
  }

  private static Answer flooded(String key) {
    return await()
        .pollInterval(Duration.ofMillis(1))
        .until(
            () -> producers.getFirst().post("/v1/tasks", TASK, key),
            answer -> answer.status() == 429);
  }

  private static int open(String key) {
    return producers.getFirst().call("GET", "/v1/tasks?limit=200", key).body().path("items").size();
  }
}
