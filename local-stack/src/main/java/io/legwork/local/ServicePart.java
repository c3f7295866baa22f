package io.legwork.local;

import io.legwork.local.service.Signal;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One of the services, as a process with the Java we run on ourselves. */
final class ServicePart implements Part {

  private static final Duration START_LIMIT = Duration.ofMinutes(2);
  private static final Duration GRACE = Duration.ofSeconds(30);
  private static final int HTTP_OK = 200;

  private final Service service;
  private final Application application;
  private final Home home;
  private final int managementPort;
  private final Daemon daemon;

  ServicePart(Service service, Home home, StackSettings settings) {
    this.service = service;
    this.home = home;
    this.application = new Application(service.module(), home);
    this.managementPort = settings.port(service.management());
    this.daemon = new Daemon(service.name(), home.pidFile(service.name()));
  }

  @Override
  public Daemon daemon() {
    return daemon;
  }

  @Override
  public Path log() {
    return home.log(service.name());
  }

  @Override
  public List<Port> ports() {
    return service.ports();
  }

  /** Fails with what to do if there is nothing to start. */
  void requireBuilt() {
    application.version();
  }

  /** Prepares what is built now, so that the start itself is quick. */
  void layOut() {
    application.prepared();
  }

  /** Whether the running process was started from what is built now, with the settings of now. */
  boolean isCurrent() {
    return Folders.read(versionFile()).filter(version()::equals).isPresent();
  }

  @Override
  public void start() {
    var jar = application.prepared();
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xmx" + service.heap(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:+ExitOnOutOfMemoryError",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Dlegwork.home=" + home.root()));
    command.addAll(javaOptions());
    command.addAll(List.of("-jar", jar.toString()));
    Folders.write(versionFile(), version());
    daemon.start(new Launch(Supervision.of(command), environment(), log(), true));
    Readiness.of(daemon, log(), START_LIMIT, this::isReady);
  }

  @Override
  public void stop() {
    daemon.stop(Signal.TERM, GRACE);
  }

  @Override
  public boolean isReady() {
    var url = "http://127.0.0.1:%d/actuator/health/readiness".formatted(managementPort);
    try {
      var connection = (HttpURLConnection) URI.create(url).toURL().openConnection();
      connection.setConnectTimeout(1_000);
      connection.setReadTimeout(5_000);
      try {
        return connection.getResponseCode() == HTTP_OK;
      } finally {
        connection.disconnect();
      }
    } catch (IOException e) {
      return false;
    }
  }

  /** Ours make a quick start; those of the user come last and so win. */
  private static List<String> javaOptions() {
    return Arrays.stream(System.getenv().getOrDefault("LEGWORK_JAVA_OPTIONS", "").split(" ", -1))
        .filter(option -> !option.isBlank())
        .toList();
  }

  private Map<String, String> environment() {
    var environment = new HashMap<String, String>(System.getenv());
    environment.keySet().removeIf(key -> key.startsWith("SPRING_"));
    environment.putAll(service.environment());
    return environment;
  }

  private Path versionFile() {
    return home.state().resolve("run").resolve(service.name() + ".version");
  }

  private String version() {
    var inputs = service.inputs().stream().map(Folders::fingerprint).toList();
    return "%s %x %s %s"
        .formatted(application.version(), service.environment().hashCode(), inputs, javaOptions());
  }
}
