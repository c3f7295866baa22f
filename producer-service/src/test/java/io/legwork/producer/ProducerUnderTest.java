package io.legwork.producer;

import io.legwork.ledger.AttemptOutcome;
import io.legwork.ledger.ClaimRequest;
import io.legwork.ledger.ProcessIdentity;
import io.legwork.ledger.Processes;
import io.legwork.ledger.ProgressReport;
import io.legwork.ledger.TaskClaims;
import io.legwork.ledger.TaskOutcomes;
import io.legwork.ledger.TaskProgress;
import io.legwork.ledger.TaskTypes;
import io.legwork.local.BrokerAccess;
import io.legwork.local.DatabaseAccess;
import io.legwork.local.ServiceArguments;
import io.legwork.local.TestInfra;
import io.legwork.task.Json;
import io.legwork.task.KeptJson;
import io.legwork.task.TaskId;
import io.legwork.task.TypeDefinition;
import io.legwork.task.UuidV7;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The service as it runs, with a real database and, on purpose, without a broker: nothing in its
 * API needs one (guarantee G2).
 */
final class ProducerUnderTest implements AutoCloseable {

  /** A port where nothing listens. */
  private static final int NO_BROKER = 1;

  private static final JsonMapper JSON = JsonMapper.shared();

  private static @Nullable ProducerUnderTest shared;

  private final ConfigurableApplicationContext context;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final ProcessIdentity worker =
      ProcessIdentity.current(UUID.randomUUID(), "worker-service");

  private ProducerUnderTest(ConfigurableApplicationContext context) {
    this.context = context;
  }

  /** The service that the tests of this JVM share; it stops with the JVM. */
  static synchronized ProducerUnderTest shared() {
    if (shared == null) {
      shared = start(TestInfra.database());
    }
    return shared;
  }

  /** Starts the service; the task types echo and image.thumbnail are known. */
  static ProducerUnderTest start(DatabaseAccess database, String... more) {
    return start(database, new BrokerAccess("127.0.0.1", NO_BROKER, "nobody", "", "/"), more);
  }

  /** Starts the service with a broker. */
  static ProducerUnderTest start(DatabaseAccess database, BrokerAccess broker, String... more) {
    List<String> arguments = new ArrayList<>(ServiceArguments.of(database, broker));
    arguments.add("--legwork.secrets.keys=" + "A".repeat(43) + "=");
    arguments.add("--legwork.queues=default,bulk");
    arguments.addAll(List.of(more));
    // Whoever is not about keys needs none.
    if (Stream.of(more).noneMatch(it -> it.startsWith("--legwork.security."))) {
      arguments.add("--legwork.security.open=true");
    }
    var context =
        new SpringApplicationBuilder(ProducerApplication.class)
            .run(arguments.toArray(String[]::new));
    ProducerUnderTest producer = new ProducerUnderTest(context);
    producer.register(TypeDefinition.of("echo"), TypeDefinition.of("image.thumbnail"));
    return producer;
  }

  /** Does what a worker does when it starts: tells what it handles, and that it lives. */
  void register(TypeDefinition... types) {
    bean(TaskTypes.class).register(worker.id(), List.of(types));
    bean(Processes.class).beat(worker, 0);
  }

  /** What is left of a worker that has stopped. */
  void registerForAWorkerThatIsGone(TypeDefinition... types) {
    bean(TaskTypes.class).register(UUID.randomUUID(), List.of(types));
  }

  <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  int port() {
    return Integer.parseInt(context.getEnvironment().getRequiredProperty("local.server.port"));
  }

  int managementPort() {
    return Integer.parseInt(context.getEnvironment().getRequiredProperty("local.management.port"));
  }

  /** An answer with its body read as JSON. */
  record Answer(int status, HttpHeaders headers, JsonNode body) {

    String header(String name) {
      return headers.firstValue(name).orElse("");
    }

    String text(String member) {
      return body.path(member).asString();
    }

    /** The fields that a problem names. */
    List<String> pointers() {
      return body.path("errors").valueStream().map(e -> e.path("pointer").asString()).toList();
    }
  }

  /** Sends a body, written with single quotes, as JSON. */
  Answer post(String path, String body, String... headers) {
    return send(
        request(path, headers)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body.replace('\'', '"'))));
  }

  Answer get(String path, String... headers) {
    return send(request(path, headers).GET());
  }

  HttpRequest.Builder request(String path, String... headers) {
    var request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + port() + path))
            .timeout(Duration.ofSeconds(40));
    return headers.length == 0 ? request : request.headers(headers);
  }

  Answer send(HttpRequest.Builder request) {
    HttpResponse<byte[]> response = exchange(request);
    byte[] body = response.body();
    return new Answer(
        response.statusCode(),
        response.headers(),
        body.length == 0 ? JSON.missingNode() : JSON.readTree(body));
  }

  private HttpResponse<byte[]> exchange(HttpRequest.Builder request) {
    try {
      return http.send(request.build(), BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Asks the management port. */
  Answer manage(String path) {
    return send(
        HttpRequest.newBuilder(URI.create("http://localhost:" + managementPort() + path))
            .timeout(Duration.ofSeconds(10)));
  }

  /** What Prometheus scrapes. */
  String metrics() {
    URI url = URI.create("http://localhost:" + managementPort() + "/actuator/prometheus");
    return new String(exchange(HttpRequest.newBuilder(url)).body(), StandardCharsets.UTF_8);
  }

  /** How many tasks are in the ledger. */
  int stored() {
    return JdbcClient.create(bean(DataSource.class))
        .sql("select (select count(*) from task) + (select count(*) from finished_task)")
        .query(Integer.class)
        .single();
  }

  /** Does what a worker does when a task succeeds. */
  void succeed(String id, String result) {
    succeed(id, KeptJson.plain(Json.of(result)));
  }

  /** The same with a result as it is kept. */
  void succeed(String id, KeptJson result) {
    finish(new AttemptOutcome.Succeeded(claim(id), 1, result));
  }

  /** Does what a worker does when a task fails for good. */
  void fail(String id, String reason) {
    finish(new AttemptOutcome.Failed(claim(id), 1, reason, true));
  }

  /** Does what a worker does for a running task whose handler tells how far it is. */
  void progress(String id, int percent, String message) {
    var stage = new ProgressReport.Stage(percent, message);
    new TaskProgress(bean(DataSource.class))
        .record(List.of(ProgressReport.stage(claim(id), 1, stage)));
  }

  /** Does what a worker does when it begins a task. */
  TaskId claim(String id) {
    TaskId task = TaskId.parse(id).orElseThrow();
    // A worker that has not been heard of for long is taken for dead, and the task for lost.
    bean(Processes.class).beat(worker, 0);
    new TaskClaims(bean(DataSource.class), worker.id()).claim(List.of(new ClaimRequest(task, 0)));
    return task;
  }

  /** What a worker gives along with an attempt. */
  String reportToken(String id, int attempt) {
    return worker.reportKey().token(id, attempt);
  }

  private void finish(AttemptOutcome outcome) {
    var ids = new UuidV7(Clock.systemUTC(), new SecureRandom());
    new TaskOutcomes(bean(DataSource.class), worker.id(), ids).record(List.of(outcome));
  }

  @Override
  public void close() {
    http.close();
    context.close();
  }
}
