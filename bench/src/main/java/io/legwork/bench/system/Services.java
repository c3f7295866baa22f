package io.legwork.bench.system;

import io.legwork.bench.system.Servers.Site;
import io.legwork.local.service.Applications;
import io.legwork.local.service.ServicePlan;
import io.legwork.local.service.ServiceProcess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The running services of one system. Closing ends them at once. */
public final class Services implements AutoCloseable {

  private static final String HANDLERS = "bench/handlers/target/handlers";

  private final Site site;
  private final Setup setup;
  private final Applications applications;
  private final List<ServiceProcess> producers;
  private final List<ServiceProcess> workers;
  private final @Nullable ServiceProcess notifier;

  private Services(Applications applications, Site site, Setup setup) {
    this.applications = applications;
    this.site = site;
    this.setup = setup;
    this.producers = some("producer", "producer-service", setup.producers());
    this.workers = some("worker", "worker-service", setup.workers());
    this.notifier = setup.notifier() ? service("notifier", "notifier-service", List.of()) : null;
  }

  /** Starts them; they are ready when this returns. */
  public static Services start(Applications applications, Site site, Setup setup) {
    var services = new Services(applications, site, setup);
    Runtime.getRuntime().addShutdownHook(new Thread(services::close, "end services"));
    services.all().forEach(ServiceProcess::start);
    services.all().forEach(ServiceProcess::awaitReady);
    return services;
  }

  private List<ServiceProcess> some(String name, String module, int count) {
    return IntStream.range(0, count)
        .mapToObj(n ->
            service(
                count == 1 ? name : name + "-" + (n + 1),
                module,
                name.equals("worker") ? setup.workerPrefix().apply(n) : List.of()))
        .toList();
  }

  private ServiceProcess service(String name, String module, List<String> prefix) {
    var options = new ArrayList<String>();
    options.add("-Xlog:gc:file=" + gcLog(name).toAbsolutePath());
    options.addAll(setup.options());
    return new ServiceProcess(
        new ServicePlan(
            name, applications.jar(module), setup.logs(), prefix, options, environment()));
  }

  private Path gcLog(String name) {
    return setup.logs().resolve(name + ".gc.log");
  }

  private Map<String, String> environment() {
    var environment = new HashMap<String, String>();
    environment.put("SPRING_DATASOURCE_URL", site.sql().jdbcUrl());
    environment.put("SPRING_DATASOURCE_USERNAME", site.sql().username());
    environment.put("SPRING_DATASOURCE_PASSWORD", site.sql().password());
    environment.put("SPRING_RABBITMQ_HOST", site.amqp().host());
    environment.put("SPRING_RABBITMQ_PORT", String.valueOf(site.amqp().port()));
    environment.put("SPRING_RABBITMQ_USERNAME", site.amqp().username());
    environment.put("SPRING_RABBITMQ_PASSWORD", site.amqp().password());
    environment.put("SPRING_RABBITMQ_VIRTUAL_HOST", site.amqp().virtualHost());
    environment.put("LEGWORK_WORKER_HANDLERS", applications.built(HANDLERS).toString());
    environment.putAll(setup.settings());
    return environment;
  }

  /** Their queues and rows. */
  public Site site() {
    return site;
  }

  /** The ports of the producers. */
  public List<Integer> producerPorts() {
    return producers.stream().map(producer -> producer.url().getPort()).toList();
  }

  /** The port of the notifier. */
  public int notifierPort() {
    if (notifier == null) {
      throw new IllegalStateException("there is no notifier in this system");
    }
    return notifier.url().getPort();
  }

  /** Take submissions. */
  public List<ServiceProcess> producers() {
    return producers;
  }

  /** Run the handlers. */
  public List<ServiceProcess> workers() {
    return workers;
  }

  /** All of them. */
  public List<ServiceProcess> all() {
    return Stream.of(producers.stream(), workers.stream(), Stream.ofNullable(notifier))
        .flatMap(part -> part)
        .toList();
  }

  /** What the garbage collectors have done so far, by service. */
  public Map<String, GcTotals> garbage() {
    var totals = new HashMap<String, GcTotals>();
    all().forEach(service -> totals.put(service.name(), GcTotals.read(gcLog(service.name()))));
    return totals;
  }

  /** Stops them in an orderly way; what they record until their end is complete then. */
  public void stop() {
    all().parallelStream().forEach(ServiceProcess::stop);
  }

  @Override
  public void close() {
    all().forEach(ServiceProcess::kill);
  }
}
