package io.legwork.notifier;

import com.zaxxer.hikari.HikariDataSource;
import io.legwork.events.Announcement;
import io.legwork.events.TaskEvent;
import io.legwork.ledger.AttemptOutcome;
import io.legwork.ledger.ClaimRequest;
import io.legwork.ledger.DeliveryQueries;
import io.legwork.ledger.DeliveryView;
import io.legwork.ledger.ProcessIdentity;
import io.legwork.ledger.Processes;
import io.legwork.ledger.ProgressReport;
import io.legwork.ledger.Submission;
import io.legwork.ledger.TaskClaims;
import io.legwork.ledger.TaskIntake;
import io.legwork.ledger.TaskOutcomes;
import io.legwork.ledger.TaskProgress;
import io.legwork.local.BrokerAccess;
import io.legwork.local.DatabaseAccess;
import io.legwork.local.ServiceArguments;
import io.legwork.local.TestInfra;
import io.legwork.messaging.ConfirmedPublisher;
import io.legwork.messaging.OutgoingMessage;
import io.legwork.process.Heartbeat;
import io.legwork.secrets.ContentCipher;
import io.legwork.secrets.SecretCipher;
import io.legwork.task.Callback;
import io.legwork.task.Json;
import io.legwork.task.KeptJson;
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
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * A running notifier with a database and a broker of its own, and the services around it played.
 */
public final class TestNotifier implements AutoCloseable {

  /** The service's own signing secret. */
  public static final String OWN_SECRET = "whsec_b3duIHNlY3JldCBvZiB0aGUgbm90aWZpZXIsIDMyIGI=";

  /** What the secrets in the ledger are sealed with. */
  public static final String SECRETS_KEY = "A".repeat(43) + "=";

  /** Seals as the producer does. */
  public static final SecretCipher CIPHER = SecretCipher.of(List.of(SECRETS_KEY));

  private static @Nullable TestNotifier shared;

  private final DatabaseAccess database;
  private final BrokerAccess broker = TestInfra.broker();
  private final HikariDataSource dataSource = new HikariDataSource();
  private final UuidV7 ids = new UuidV7(InstantSource.system(), new Random());
  private final ProcessIdentity worker = ProcessIdentity.current(ids.next(), "worker-service");
  private final ConfigurableApplicationContext context;

  /** The one that tests of this JVM share which ask for nothing special; it stops with the JVM. */
  public static synchronized TestNotifier shared() {
    if (shared == null) {
      shared = new TestNotifier();
    }
    return shared;
  }

  /** Starts it on an empty database. */
  public TestNotifier(String... properties) {
    this(TestInfra.database(), properties);
  }

  /** Starts it on a database that somebody has used. */
  public TestNotifier(DatabaseAccess database, String... properties) {
    this.database = database;
    dataSource.setJdbcUrl(database.jdbcUrl());
    dataSource.setUsername(database.username());
    dataSource.setPassword(database.password());
    // It is used after the service was closed as well, so it ends by itself.
    dataSource.setMinimumIdle(0);
    dataSource.setIdleTimeout(10_000);
    context = start(properties);
  }

  /** Starts another one on the same database and broker; the caller closes it. */
  public ConfigurableApplicationContext start(String... properties) {
    List<String> usual = new ArrayList<>(ServiceArguments.of(database, broker));
    usual.add("--legwork.outbound.allow=public,loopback");
    usual.add("--legwork.secrets.keys=" + SECRETS_KEY);
    usual.add("--legwork.webhooks.signing-secret=" + OWN_SECRET);
    // Of a setting that is given twice, Spring would take both values.
    usual.removeIf(it -> Stream.of(properties).anyMatch(own -> name(it).equals("--" + name(own))));
    List<String> arguments = new ArrayList<>(usual);
    Stream.of(properties).forEach(property -> arguments.add("--" + property));
    // Whoever is not about keys needs none.
    if (Stream.of(properties).noneMatch(it -> it.startsWith("legwork.security."))) {
      arguments.add("--legwork.security.open=true");
    }
    return new SpringApplication(NotifierApplication.class).run(arguments.toArray(String[]::new));
  }

  private static String name(String property) {
    return property.substring(0, property.indexOf('='));
  }

  /** How to reach the broker. */
  public BrokerAccess broker() {
    return broker;
  }

  /** The address of its API, or of its management with {@code local.management.port}. */
  public URI uri(String portProperty, String path) {
    return URI.create(
        "http://localhost:" + context.getEnvironment().getProperty(portProperty) + path);
  }

  /** A part of the running service. */
  public <T> T part(Class<T> type) {
    return context.getBean(type);
  }

  /** Its database, also after it was closed. */
  public DataSource dataSource() {
    return dataSource;
  }

  /** Accepts a task, as the producer does. */
  public TaskId accept(@Nullable Callback callback) {
    return accept("report.render", callback);
  }

  /** Accepts a task of a type, as the producer does. */
  public TaskId accept(String type, @Nullable Callback callback) {
    return accept(type, callback, null);
  }

  /** Accepts a task that is part of a trace, as the producer does. */
  public TaskId accept(String type, @Nullable Callback callback, @Nullable String traceparent) {
    NewTask task =
        new NewTask(
            new TaskId(ids.next()),
            NewTask.DEFAULT_TENANT,
            type,
            "default",
            Priority.NORMAL,
            Json.of("{}"),
            new Start.Immediately(),
            null,
            Duration.ofMinutes(5),
            5,
            RetryPolicy.DEFAULT,
            List.of(),
            Map.of(),
            callback,
            traceparent);
    var _ =
        new TaskIntake(dataSource, CIPHER, ContentCipher.NONE)
            .accept(List.of(new Submission(task, null)));
    return task.id();
  }

  /** Runs a task once and records the outcome without announcing it, as a worker does. */
  public TaskEvent record(AttemptOutcome outcome) {
    claim(outcome.task(), outcome.attempt());
    return new TaskOutcomes(dataSource, worker.id(), ids)
        .record(List.of(outcome))
        .getFirst()
        .event()
        .orElseThrow();
  }

  /** Starts the first attempt of a task, as a worker does. */
  public void claim(TaskId task) {
    claim(task, 1);
  }

  private void claim(TaskId task, int attempt) {
    var _ = new Processes(dataSource, Heartbeat.LEASE).beat(worker, 0);
    var _ =
        new TaskClaims(dataSource, worker.id()).claim(List.of(new ClaimRequest(task, attempt - 1)));
  }

  /** Tells how far an attempt has come, as a worker does. */
  public void progress(TaskId task, int attempt, int percent, String message) {
    var stage = new ProgressReport.Stage(percent, message);
    var _ =
        new TaskProgress(dataSource).record(List.of(ProgressReport.stage(task, attempt, stage)));
  }

  /** Accepts, runs and finishes a task, and announces it. */
  public TaskEvent succeed(@Nullable Callback callback, @Nullable Json result) {
    KeptJson kept = result == null ? null : KeptJson.plain(result);
    TaskEvent event = record(new AttemptOutcome.Succeeded(accept(callback), 1, kept));
    announce(event);
    return event;
  }

  /** Announces an event as the process does that has committed it. */
  public void announce(TaskEvent event) {
    Announcement.of(List.of(event)).getFirst().messages().forEach(this::publish);
  }

  /** Publishes a message and waits until the broker has it. */
  public void publish(OutgoingMessage message) {
    part(ConfirmedPublisher.class).publish(message).orTimeout(20, TimeUnit.SECONDS).join();
  }

  /** What the ledger knows about the deliveries of a task. */
  public List<DeliveryView> deliveries(TaskId task) {
    return new DeliveryQueries(dataSource).ofTask(NewTask.DEFAULT_TENANT, task);
  }

  /** The first value of the first row. */
  public long query(String sql) {
    try (Connection connection = dataSource.getConnection()) {
      ResultSet rows = connection.createStatement().executeQuery(sql);
      rows.next();
      return rows.getLong(1);
    } catch (SQLException refused) {
      throw new AssertionError(refused);
    }
  }

  /** Runs SQL. */
  public void execute(String sql) {
    try (Connection connection = dataSource.getConnection()) {
      var _ = connection.createStatement().execute(sql);
    } catch (SQLException refused) {
      throw new AssertionError(refused);
    }
  }

  /** Writes events as the ledger does, with the lock that makes sequences grow with commits. */
  public void insertEvents(int count, int reasonLength) {
    execute(
        """
        with gate as materialized (select pg_advisory_xact_lock(7236838))
        insert into event (sequence, id, task_id, process, at, number, attempt, kind, callback,
                           tenant, queue, type, reason)
        select nextval('event_sequence'), gen_random_uuid(), gen_random_uuid(), gen_random_uuid(),
               now(), 1, 1, 2, false, 'default', 'default', 'report.render', repeat('x', %d)
        from gate, generate_series(1, %d)
        """
            .formatted(reasonLength, count));
  }

  /** Stops it in an orderly way. */
  @Override
  public void close() {
    context.close();
  }
}
