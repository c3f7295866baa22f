package io.legwork.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.legwork.local.Database;
import io.legwork.local.DatabaseAccess;
import io.legwork.local.TcpProxy;
import io.legwork.local.TestInfra;
import io.legwork.producer.ProducerUnderTest.Answer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What callers are told while the database is in trouble, and that it goes on by itself. */
@Timeout(300)
class LedgerOutageIT {

  private static final String TASK = "{'type':'echo','payload':1}";
  private static final String UNKNOWN_TYPE = "{'type':'nothing','payload':1}";
  private static final int BATCH_SIZE = 100;
  private static final String BATCH =
      "{'tasks':[" + String.join(",", Collections.nCopies(BATCH_SIZE, TASK)) + "]}";
  private static final Duration LIMIT = Duration.ofSeconds(2);
  private static final Duration RECOVERY = Duration.ofSeconds(30);

  private static Database database;
  private static TcpProxy proxy;
  private static ProducerUnderTest producer;

  @BeforeAll
  static void start() {
    database = TestInfra.dedicatedDatabase();
    proxy = TcpProxy.to(database.access());
    producer = ProducerUnderTest.start(proxy.of(database.access()));
  }

  @AfterAll
  static void stop() {
    producer.close();
    proxy.close();
    database.close();
  }

  @Test
  void saysWithinTwoSecondsThatTheDatabaseIsDownAndGoesOnAfterwards() {
    String id = accepted();

    database.stop();

    expectUnavailable(() -> producer.get("/v1/tasks/" + id));
    expectUnavailable(() -> producer.get("/v1/tasks"));
    expectUnavailable(() -> producer.post("/v1/tasks", TASK));
    // For a moment the types that were read before the outage still count as known.
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> producer.post("/v1/tasks", UNKNOWN_TYPE).status() == 503);
    crowdIsToldInTime();

    database.start();

    goesOn();
    assertThat(producer.get("/v1/tasks/" + id).text("state")).isEqualTo("QUEUED");
  }

  @Test
  void keepsWhatItAcceptedOverACrashOfTheDatabase() {
    List<String> ids = IntStream.range(0, 50).mapToObj(i -> accepted()).toList();

    database.kill();
    database.start();

    goesOn();
    assertThat(ids)
        .allSatisfy(id -> assertThat(producer.get("/v1/tasks/" + id).status()).isEqualTo(200));
  }

  @Test
  void saysWithinTwoSecondsThatTheDatabaseIsFrozenAndGoesOnAfterwards() {
    String id = accepted();

    proxy.freeze();

    expectUnavailable(() -> producer.get("/v1/tasks/" + id));
    expectUnavailable(() -> producer.get("/v1/tasks"));
    expectUnavailable(() -> producer.get("/v1/tasks/" + id + "/events"));
    expectUnavailable(() -> producer.post("/v1/tasks", TASK));
    expectUnavailable(() -> producer.post("/v1/tasks/batch", BATCH));
    crowdIsToldInTime();
    assertThat(producer.manage("/actuator/health/liveness").status()).isEqualTo(200);
    assertThat(producer.manage("/actuator/health/readiness").status()).isEqualTo(503);

    proxy.thaw();

    goesOn();
    assertThat(producer.get("/v1/tasks/" + id).text("state")).isEqualTo("QUEUED");
    assertThat(producer.manage("/actuator/health/readiness").body().toString())
        .contains("\"ledger\":{\"status\":\"UP\"}");
  }

  @Test
  void appliesABatchWhollyOrNotAtAllWhileATableIsLocked() throws SQLException {
    int before = producer.stored();
    try (Connection blocker = connect(database.access())) {
      blocker.setAutoCommit(false);
      try (var statement = blocker.createStatement()) {
        statement.execute("lock table task_input in access exclusive mode");
      }
      expectUnavailable(() -> producer.post("/v1/tasks/batch", BATCH));
      expectUnavailable(() -> producer.post("/v1/tasks", TASK));
      blocker.rollback();
    }

    goesOn();
    await()
        .atMost(RECOVERY)
        .untilAsserted(
            () -> assertThat((producer.stored() - before) % BATCH_SIZE).isBetween(0, 10));
  }

  @Test
  void goesOnAfterAllItsSessionsWereEnded() throws SQLException {
    String id = accepted();
    try (Connection admin = connect(database.access())) {
      for (int i = 0; i < 5; i++) {
        endSessions(admin);
        assertThat(producer.get("/v1/tasks/" + id).status()).isIn(200, 503);
        assertThat(producer.post("/v1/tasks", TASK).status()).isIn(202, 503);
      }
    }

    goesOn();
  }

  @Test
  void saysWithinTwoSecondsThatThereIsNoConnectionLeft() throws SQLException {
    String id = accepted();
    List<Connection> all = new ArrayList<>();
    try (Connection admin = connect(database.access())) {
      // Its pool competes for what is set free, and a session is not seen while it begins.
      await()
          .during(Duration.ofSeconds(1))
          .atMost(Duration.ofSeconds(30))
          .until(() -> {
            takeAllConnections(all);
            boolean alone = true;
            while (endSessions(admin) > 0) {
              takeAllConnections(all);
              alone = false;
            }
            return alone;
          });

      expectUnavailable(() -> producer.get("/v1/tasks/" + id));
      expectUnavailable(() -> producer.post("/v1/tasks", TASK));
    } finally {
      for (Connection connection : all) {
        connection.close();
      }
    }

    goesOn();
  }

  private static void takeAllConnections(List<Connection> all) {
    try {
      while (true) {
        all.add(connect(database.access()));
      }
    } catch (SQLException full) {
      assertThat(full.getSQLState()).as(full::getMessage).isEqualTo("53300");
    }
  }

  /** Ends what there is, and says how many there were. */
  private static int endSessions(Connection admin) throws SQLException {
    try (var statement = admin.createStatement();
        var ended =
            statement.executeQuery(
                "select count(pg_terminate_backend(pid)) from pg_stat_activity"
                    + " where application_name = 'producer-service'")) {
      ended.next();
      return ended.getInt(1);
    }
  }

  private static Connection connect(DatabaseAccess access) throws SQLException {
    return DriverManager.getConnection(access.jdbcUrl(), access.username(), access.password());
  }

  private static String accepted() {
    Answer answer = producer.post("/v1/tasks", TASK);
    assertThat(answer.status()).isEqualTo(202);
    return answer.text("id");
  }

  private static void goesOn() {
    await()
        .atMost(RECOVERY)
        .untilAsserted(() -> assertThat(producer.post("/v1/tasks", TASK).status()).isEqualTo(202));
  }

  private static void crowdIsToldInTime() {
    List<CompletableFuture<Void>> crowd =
        IntStream.range(0, 30)
            .mapToObj(i ->
                onThread(() -> {
                  String body = i % 2 == 0 ? TASK : UNKNOWN_TYPE;
                  expectUnavailable(() -> producer.post("/v1/tasks", body));
                }))
            .toList();
    crowd.forEach(CompletableFuture::join);
  }

  private static CompletableFuture<Void> onThread(Runnable work) {
    return CompletableFuture.runAsync(work, task -> Thread.ofVirtual().start(task));
  }

  private static void expectUnavailable(Supplier<Answer> request) {
    long start = System.nanoTime();

    Answer answer = request.get();

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(LIMIT);
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.text("code")).isEqualTo("ledger-unavailable");
    assertThat(answer.header("Retry-After")).isEqualTo("2");
    assertThat(answer.body().toString()).doesNotContain("SQL", "Exception", "localhost");
  }
}
