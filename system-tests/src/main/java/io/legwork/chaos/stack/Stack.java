package io.legwork.chaos.stack;

import io.legwork.chaos.history.FaultNote;
import io.legwork.chaos.history.History;
import io.legwork.chaos.history.Micros;
import io.legwork.local.service.ServicePlan;
import io.legwork.local.service.ServiceProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A running Legwork with a proxy between each service and each server. A service that ends by
 * itself is started again at once.
 */
public final class Stack implements AutoCloseable {

  /** Signs the webhooks of callbacks, which name no secret of their own. */
  public static final String SIGNING_SECRET = "whsec_bGVnd29yay1jaGFvcy1zaWduaW5nLXNlY3JldC0wMDE=";

  private static final String HANDLERS = "system-tests/chaos-handlers/target/handlers";
  private static final String AGENT = "system-tests/mutants/target/mutants.jar";
  private static final List<String> QUICK_START =
      List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");
  private static final Duration LOOK = Duration.ofMillis(200);
  private static final long LONGEST_LOOK_MILLIS = 10_000;

  private final Servers servers;
  private final Plan plan;
  private final History history;
  private final ServiceProcess producer;
  private final ServiceProcess notifier;
  private final List<ServiceProcess> workers;
  private final Map<ServiceProcess, Link> brokerLinks = new LinkedHashMap<>();
  private final Map<ServiceProcess, Link> databaseLinks = new LinkedHashMap<>();
  private final Thread supervisor;

  private Stack(Servers servers, Plan plan, History history) {
    this.servers = servers;
    this.plan = plan;
    this.history = history;
    this.producer = service("producer", "producer-service");
    this.notifier = service("notifier", "notifier-service");
    this.workers =
        IntStream.rangeClosed(1, plan.workers())
            .mapToObj(n -> service("worker-" + n, "worker-service"))
            .toList();
    this.supervisor = Thread.ofPlatform().daemon().name("supervisor").unstarted(this::supervise);
  }

  /** Starts the services; they are ready when this returns. */
  public static Stack start(Servers servers, Plan plan, History history) {
    var stack = new Stack(servers, plan, history);
    Runtime.getRuntime().addShutdownHook(new Thread(stack::kill, "end services"));
    stack.services().forEach(ServiceProcess::start);
    stack.supervisor.start();
    stack.awaitReady();
    return stack;
  }

  private ServiceProcess service(String name, String module) {
    var toBroker = Link.to(servers.brokerPort());
    var toDatabase = Link.to(servers.databasePort());
    var service =
        new ServiceProcess(
            new ServicePlan(
                name,
                plan.applications().jar(module),
                plan.logs(),
                List.of(),
                Stream.concat(QUICK_START.stream(), plan.options().stream()).toList(),
                environment(toBroker, toDatabase)));
    brokerLinks.put(service, toBroker);
    databaseLinks.put(service, toDatabase);
    return service;
  }

  private Map<String, String> environment(Link toBroker, Link toDatabase) {
    var database = servers.sql().jdbcUrl().replaceFirst(":[0-9]+/", ":" + toDatabase.port() + "/");
    var environment = new HashMap<String, String>();
    environment.put("SPRING_DATASOURCE_URL", database);
    environment.put("SPRING_DATASOURCE_USERNAME", servers.sql().username());
    environment.put("SPRING_DATASOURCE_PASSWORD", servers.sql().password());
    environment.put("SPRING_RABBITMQ_HOST", servers.amqp().host());
    environment.put("SPRING_RABBITMQ_PORT", String.valueOf(toBroker.port()));
    environment.put("SPRING_RABBITMQ_USERNAME", servers.amqp().username());
    environment.put("SPRING_RABBITMQ_PASSWORD", servers.amqp().password());
    environment.put("SPRING_RABBITMQ_VIRTUAL_HOST", servers.amqp().virtualHost());
    environment.put("LEGWORK_WORKER_HANDLERS", plan.applications().built(HANDLERS).toString());
    environment.put("LEGWORK_OUTBOUND_ALLOW", "loopback");
    environment.put("LEGWORK_ACCOUNTING_INTERVAL", "1s");
    environment.put("LEGWORK_CHAOS_LEDGER", plan.ledger().toString());
    environment.put("LEGWORK_WEBHOOKS_SIGNING_SECRET", SIGNING_SECRET);
    // A receiver that failed is tried again soon, so that a run can wait for the end of it all.
    environment.put("LEGWORK_WEBHOOKS_SCHEDULE", "1s,1s,2s,2s,5s,5s,5s,10s,10s,10s");
    environment.put("LEGWORK_WEBHOOKS_TIMEOUT", "5s");
    return environment;
  }

  private void supervise() {
    while (!Thread.currentThread().isInterrupted()) {
      for (ServiceProcess service : services()) {
        var code = service.revive();
        if (code != null) {
          history.add(
              new FaultNote(
                  Micros.now(), 0, FaultNote.Phase.RESTARTED, service.name(), "exit code " + code));
        }
      }
      try {
        Thread.sleep(LOOK);
      } catch (InterruptedException stopped) {
        return;
      }
    }
  }

  /** Broker and database. */
  public Servers servers() {
    return servers;
  }

  /** Changes the code of a running service. */
  public Path agent() {
    return plan.applications().built(AGENT);
  }

  /** Takes submissions. */
  public ServiceProcess producer() {
    return producer;
  }

  /** Tells what happened. */
  public ServiceProcess notifier() {
    return notifier;
  }

  /** Run the handlers. */
  public List<ServiceProcess> workers() {
    return workers;
  }

  /** All of them, the producer first. */
  public List<ServiceProcess> services() {
    return Stream.concat(Stream.of(producer, notifier), workers.stream()).toList();
  }

  /** What lies between a service and the broker. */
  public Link toBroker(ServiceProcess service) {
    return link(brokerLinks, service);
  }

  /** What lies between a service and the database. */
  public Link toDatabase(ServiceProcess service) {
    return link(databaseLinks, service);
  }

  private static Link link(Map<ServiceProcess, Link> links, ServiceProcess service) {
    var link = links.get(service);
    if (link == null) {
      throw new IllegalArgumentException(service.name() + " is not of this stack");
    }
    return link;
  }

  /** Waits until every service is ready for work. */
  public void awaitReady() {
    services().forEach(ServiceProcess::awaitReady);
  }

  /** Stops the services in an orderly way; returns their exit codes by name. */
  public Map<String, Integer> stop() {
    endSupervision();
    var codes = new LinkedHashMap<String, Integer>();
    services().parallelStream().forEach(ServiceProcess::stop);
    services().forEach(service -> codes.put(service.name(), service.stop()));
    return codes;
  }

  private void kill() {
    endSupervision();
    services().forEach(ServiceProcess::kill);
  }

  private void endSupervision() {
    services().forEach(ServiceProcess::leaveDown);
    supervisor.interrupt();
    try {
      // What it writes down belongs before the end of the history.
      supervisor.join(LONGEST_LOOK_MILLIS);
    } catch (InterruptedException impatient) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    kill();
  }
}
