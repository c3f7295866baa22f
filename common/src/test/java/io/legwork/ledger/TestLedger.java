package io.legwork.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.legwork.events.TaskEvent;
import io.legwork.ledger.Acceptance.Accepted;
import io.legwork.ledger.Claim.Claimed;
import io.legwork.local.DatabaseAccess;
import io.legwork.local.TestInfra;
import io.legwork.secrets.ContentCipher;
import io.legwork.secrets.SecretCipher;
import io.legwork.task.Callback;
import io.legwork.task.Json;
import io.legwork.task.NewTask;
import io.legwork.task.Priority;
import io.legwork.task.RetryPolicy;
import io.legwork.task.Start;
import io.legwork.task.TaskId;
import io.legwork.task.UuidV7;
import java.net.URI;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;

/** An empty ledger on a real PostgreSQL, with everything that works on it. */
final class TestLedger {

  /** More than any test uses at the same time. */
  private static final int CONNECTIONS = 30;

  private static @Nullable HikariDataSource current;

  final DataSource dataSource;

  /** The same with the wall between tenants, as services have it. */
  final LedgerDataSource walled;

  final UuidV7 ids = new UuidV7(InstantSource.system(), new Random());
  final ProcessIdentity worker = ProcessIdentity.current(ids.next(), "worker-service");
  final ProcessIdentity judge = ProcessIdentity.current(ids.next(), "producer-service");
  final TaskIntake intake;
  final TaskClaims claims;

  /** A key of nothing but zeros. */
  static final SecretCipher CIPHER = SecretCipher.of(List.of("A".repeat(43) + "="));

  final TaskOutcomes outcomes;
  final DueTasks dueTasks;
  final LostAttempts lostAttempts;
  final ExpiredTasks expiredTasks;
  final Cancellations cancellations;
  final Redrives redrives;
  final HandBacks handBacks;
  final WorkerReports reports;
  final Processes processes;
  final TaskQueries queries;
  final TaskAttempts attempts;
  final EventLog events;

  TestLedger() {
    dataSource = connectTo(TestInfra.sharedDatabase().copyOf(Migrated.DATABASE));
    intake = new TaskIntake(dataSource, CIPHER, ContentCipher.NONE);
    claims = new TaskClaims(dataSource, worker.id());
    outcomes = new TaskOutcomes(dataSource, worker.id(), ids);
    dueTasks = new DueTasks(dataSource, Duration.ofSeconds(2));
    lostAttempts = new LostAttempts(dataSource, judge.id(), ids);
    expiredTasks = new ExpiredTasks(dataSource, worker.id(), ids);
    cancellations = new Cancellations(dataSource, worker.id(), ids);
    redrives = new Redrives(dataSource, worker.id(), ids);
    handBacks = new HandBacks(dataSource, worker.id());
    reports = new WorkerReports(dataSource, worker.id());
    processes = new Processes(dataSource, Duration.ofMillis(1_500));
    walled = walled(dataSource);
    queries = new TaskQueries(walled);
    attempts = new TaskAttempts(walled);
    events = new EventLog(walled);
    processes.beat(worker, 0);
    processes.beat(judge, 0);
    letTheJudgeJudge();
  }

  /** A ledger that stays empty, to copy. */
  private static final class Migrated {

    static final String DATABASE = migrated();

    private static String migrated() {
      DatabaseAccess access = TestInfra.database();
      Flyway flyway =
          Flyway.configure()
              .dataSource(access.jdbcUrl(), access.username(), access.password())
              .load();
      flyway.migrate();
      assertThat(TenantWall.raise(flyway.getConfiguration().getDataSource())).isTrue();
      return access.database();
    }
  }

  static LedgerDataSource walled(DataSource database) {
    var walled = new LedgerDataSource(database);
    assertThat(new LedgerOpening(walled, false).tryToOpen(_ -> {})).isTrue();
    assertThat(TenantWall.raise(database)).isTrue();
    walled.wall();
    return walled;
  }

  /**
   * Keeps connections: a new one for every statement would take most of the time. Tests follow one
   * another, so the connections of the last one end here.
   */
  private static synchronized DataSource connectTo(DatabaseAccess access) {
    if (current != null) {
      current.close();
    }
    var connections = new HikariDataSource();
    connections.setJdbcUrl(access.jdbcUrl());
    connections.setUsername(access.username());
    connections.setPassword(access.password());
    connections.setMaximumPoolSize(CONNECTIONS);
    connections.setMinimumIdle(0);
    current = connections;
    return connections;
  }

  /** Lets the judge look as if its heart had been beating for long, and went on doing so. */
  private void letTheJudgeJudge() {
    execute(
        "update process set beating_since = now() - interval '1 minute',"
            + " heartbeat_at = now() + interval '1 minute' where id = '%s'".formatted(judge.id()));
  }

  NewTask aTask() {
    return task(new Start.Immediately(), null, 3);
  }

  NewTask task(Start start, @Nullable Instant deadline, int maxAttempts) {
    return task(new TaskId(ids.next()), start, deadline, maxAttempts);
  }

  NewTask task(TaskId id, Start start, @Nullable Instant deadline, int maxAttempts) {
    return new NewTask(
        id,
        NewTask.DEFAULT_TENANT,
        "report.render",
        "default",
        Priority.NORMAL,
        Json.of("{\"page\":1}"),
        start,
        deadline,
        Duration.ofMinutes(5),
        maxAttempts,
        RetryPolicy.DEFAULT,
        List.of("a:1", "b"),
        Map.of("who", "me"),
        new Callback(URI.create("https://example.org/hook"), null),
        null);
  }

  TaskId accepted(NewTask task) {
    Acceptance acceptance = intake.accept(List.of(new Submission(task, null))).getFirst();
    return ((Accepted) acceptance).task();
  }

  ClaimedTask claimed(TaskId task, int attempt) {
    Claim claim = claims.claim(List.of(new ClaimRequest(task, attempt))).getFirst();
    return ((Claimed) claim).task();
  }

  TaskEvent recorded(AttemptOutcome outcome) {
    return outcomes.record(List.of(outcome)).getFirst().event().orElseThrow();
  }

  /** Lets a process look as if its heart had stopped beating a while ago. */
  void silence(UUID process) {
    execute(
        "update process set heartbeat_at = now() - interval '1 minute' where id = '%s'"
            .formatted(process));
  }

  void execute(String sql) {
    try (Connection connection = dataSource.getConnection()) {
      connection.createStatement().execute(sql);
    } catch (SQLException refused) {
      throw new AssertionError(refused);
    }
  }

  long count(String table) {
    return Long.parseLong(text("select count(*) from " + table));
  }

  /** The one value that a query finds. */
  String text(String query) {
    try (Connection connection = dataSource.getConnection()) {
      ResultSet rows = connection.createStatement().executeQuery(query);
      rows.next();
      return rows.getString(1);
    } catch (SQLException refused) {
      throw new AssertionError(refused);
    }
  }
}
