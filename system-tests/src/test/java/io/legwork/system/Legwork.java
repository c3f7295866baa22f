package io.legwork.system;

import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.legwork.local.Broker;
import io.legwork.local.Database;
import io.legwork.local.TestInfra;
import io.legwork.local.service.RunKey;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A running Legwork: broker, database, producer, notifier and two workers. All tests of a JVM share
 * one; a test that takes a part away brings it back and waits until the whole is ready again.
 */
final class Legwork implements AutoCloseable {

  /** Signs the webhooks of callbacks that name no secret of their own. */
  static final String SIGNING_SECRET = "whsec_bGVnd29yay1zeXN0ZW0tdGVzdHMtb3duLXNlY3JldCE=";

  /** Seals the secrets in the database. */
  static final String SECRETS_KEY = "bGVnd29yayBrZXkgb2YgdGhlIHN5c3RlbSB0ZXN0cyE=";

  /** What its tasks carry is sealed in the database. */
  static final String SEALED_TENANT = "sealed";

  private static final Collector COLLECTOR = Collector.start();
  private static final GreenMail MAILS = new GreenMail(new ServerSetup(0, "127.0.0.1", "smtp"));

  static {
    MAILS.start();
  }

  /**
   * Logs as the images do, accounts for tasks without resting, traces what callers trace, and has a
   * mail server.
   */
  private static final Map<String, String> SHARED =
      Map.of(
          "LOGGING_STRUCTURED_FORMAT_CONSOLE",
          "ecs",
          "LEGWORK_ACCOUNTING_INTERVAL",
          "1s",
          "OTEL_EXPORTER_OTLP_ENDPOINT",
          COLLECTOR.url(),
          "LEGWORK_TRACING_SAMPLING",
          "0",
          "SPRING_MAIL_HOST",
          "127.0.0.1",
          "SPRING_MAIL_PORT",
          String.valueOf(MAILS.getSmtp().getPort()));

  private static @Nullable Legwork shared;

  private final Broker broker = TestInfra.dedicatedBroker();
  private final Database database = TestInfra.dedicatedDatabase();
  private final Map<String, String> settings;
  private final ServiceProcess producer;
  private final ServiceProcess notifier;
  private final List<ServiceProcess> workers;
  private final Api api;

  private Legwork(String prefix, int workers, Map<String, String> settings) {
    this.settings = settings;
    this.producer = service(prefix + "producer", "producer-service");
    this.notifier = service(prefix + "notifier", "notifier-service");
    this.workers =
        IntStream.rangeClosed(1, workers)
            .mapToObj(n -> service(prefix + "worker-" + n, "worker-service"))
            .toList();
    this.api = new Api(producer.url());
  }

  /**
   * A system of a test's own, with one worker, whose servers run and whose services do not yet.
   *
   * @param name tells its logs from others
   * @param settings environment variables of the services, which win over the usual ones
   */
  static Legwork separate(String name, Map<String, String> settings) {
    return new Legwork(name + "-", 1, settings);
  }

  /** The system that all tests share, ready for work. */
  static synchronized Legwork shared() {
    if (shared == null) {
      var legwork = new Legwork("", 2, SHARED);
      Runtime.getRuntime().addShutdownHook(new Thread(legwork::kill, "stop services"));
      legwork.services().forEach(ServiceProcess::start);
      shared = legwork;
    }
    shared.awaitReady();
    return shared;
  }

  /** The producer's API. */
  Api api() {
    return api;
  }

  /** Where the system that all tests share tells of traces. */
  Collector collector() {
    return COLLECTOR;
  }

  /** What the mail server of the system that all tests share was given. */
  List<MimeMessage> mails() {
    return List.of(MAILS.getReceivedMessages());
  }

  Broker broker() {
    return broker;
  }

  Database database() {
    return database;
  }

  ServiceProcess producer() {
    return producer;
  }

  ServiceProcess notifier() {
    return notifier;
  }

  List<ServiceProcess> workers() {
    return workers;
  }

  void awaitReady() {
    services().forEach(ServiceProcess::awaitReady);
  }

  /** Waits until the broker has confirmed all that the producer has to publish. */
  void awaitPublished() {
    await("published")
        .atMost(Duration.ofMinutes(5))
        .until(() ->
            producer.metric("legwork_publisher_buffered") == 0
                && producer.metric("legwork_publisher_unconfirmed") == 0);
  }

  /** The messages that lie in the broker's queues, delivered or not, by queue. */
  Map<String, Integer> messages() {
    var listing = broker.rabbitmqctl("list_queues", "--no-table-headers", "name", "messages");
    var messages = new HashMap<String, Integer>();
    listing
        .lines()
        .map(line -> line.split("\t", 2))
        .filter(columns -> columns.length == 2)
        .forEach(columns -> messages.put(columns[0], Integer.valueOf(columns[1].strip())));
    return messages;
  }

  /** The number in the first column of the only row that a query returns. */
  long count(String sql, Object... parameters) {
    return new Sql(database.access()).count(sql, Arrays.asList(parameters));
  }

  /** Runs a statement in the database, as the user who owns it. */
  void execute(String sql) {
    new Sql(database.access()).execute(sql);
  }

  /**
   * Fails if a text is anywhere in the database, be it as text or as bytes.
   *
   * @param what names it in the failure
   */
  void requireNotStored(String what, String text) {
    String bytes = HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
    execute(
        """
        do $$
        declare place text; found bigint;
        begin
          for place in select format('%%I', table_name) from information_schema.tables
                       where table_schema = 'public' and table_type = 'BASE TABLE' loop
            execute format('select count(*) from %%s t where t::text like %%L or t::text like %%L',
                           place, '%%%s%%', '%%%s%%') into found;
            if found > 0 then
              raise exception '%s is in %%', place;
            end if;
          end loop;
        end $$
        """
            .formatted(text, bytes, what));
  }

  /** Declares a queue of the kind that Legwork does not use. */
  void declareClassicQueue(String name) {
    broker.rabbitmqctl(
        "eval",
        "rabbit_amqqueue:declare(rabbit_misc:r(<<\"/\">>, queue, <<\"%s\">>), true, false, [], none,"
                .formatted(name)
            + " <<\"test\">>).");
  }

  /** Deletes an exchange, with all its bindings. */
  void deleteExchange(String name) {
    broker.rabbitmqctl(
        "eval",
        "rabbit_exchange:delete(rabbit_misc:r(<<\"/\">>, exchange, <<\"%s\">>), false, <<\"test\">>)."
            .formatted(name));
  }

  /** Ends a separate system. */
  @Override
  public void close() {
    kill();
    broker.close();
    database.close();
  }

  private void kill() {
    services().forEach(ServiceProcess::kill);
  }

  /** Producer, notifier and workers. */
  List<ServiceProcess> services() {
    return Stream.concat(Stream.of(producer, notifier), workers.stream()).toList();
  }

  private ServiceProcess service(String name, String module) {
    return application(name, jar(module));
  }

  /** An application that is to work with the others; it does not run yet. */
  ServiceProcess application(String name, Path jar) {
    return application(name, jar, Map.of());
  }

  /**
   * The same, with settings of its own.
   *
   * @param own environment variables that win over the usual ones
   */
  ServiceProcess application(String name, Path jar, Map<String, String> own) {
    var all = allSettings();
    all.putAll(own);
    return new ServiceProcess(name, jar, Path.of("target", "legwork"), all);
  }

  /** Where the build has put a service. */
  static Path jar(String module) {
    return Path.of("..", module, "target", module + "-0.1.0-SNAPSHOT-app.jar");
  }

  private Map<String, String> allSettings() {
    var all = new HashMap<>(environment());
    all.putAll(settings);
    RunKey.configure(all);
    return all;
  }

  private Map<String, String> environment() {
    var sql = database.access();
    var amqp = broker.access();
    return Map.ofEntries(
        Map.entry("SPRING_DATASOURCE_URL", sql.jdbcUrl()),
        Map.entry("SPRING_DATASOURCE_USERNAME", sql.username()),
        Map.entry("SPRING_DATASOURCE_PASSWORD", sql.password()),
        Map.entry("SPRING_RABBITMQ_HOST", amqp.host()),
        Map.entry("SPRING_RABBITMQ_PORT", String.valueOf(amqp.port())),
        Map.entry("SPRING_RABBITMQ_USERNAME", amqp.username()),
        Map.entry("SPRING_RABBITMQ_PASSWORD", amqp.password()),
        Map.entry("SPRING_RABBITMQ_VIRTUAL_HOST", amqp.virtualHost()),
        Map.entry("LEGWORK_WEBHOOKS_SIGNING_SECRET", SIGNING_SECRET),
        Map.entry("LEGWORK_OUTBOUND_ALLOW", "public,loopback"),
        Map.entry("LEGWORK_SECRETS_KEYS", SECRETS_KEY),
        Map.entry("LEGWORK_SECRETS_ENCRYPTEDTENANTS", SEALED_TENANT),
        Map.entry("LEGWORK_WORKER_HANDLERS", handlers().toString()));
  }

  private static Path handlers() {
    return Path.of("..", "examples", "handlers", "target", "handlers").toAbsolutePath();
  }
}
