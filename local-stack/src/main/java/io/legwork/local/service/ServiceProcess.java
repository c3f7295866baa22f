package io.legwork.local.service;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A packaged service as a process. Whoever wants it stopped says so; a process that has ended
 * without that is to be started again, as any supervisor does.
 */
public final class ServiceProcess {

  private static final Duration LOOK_LIMIT = Duration.ofMinutes(2);
  private static final Duration START_LIMIT = Duration.ofMinutes(3);
  private static final Duration GRACE = Duration.ofSeconds(40);
  private static final HttpClient HTTP =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();

  private final String name;
  private final Path log;
  private final List<String> command;
  private final Map<String, String> environment;
  private final int port = Ports.free();
  private final int managementPort = Ports.free();
  private @Nullable Process process;
  private boolean wanted;

  /** A service that is not started yet; it has its ports already. */
  public ServiceProcess(ServicePlan plan) {
    this.name = plan.name();
    this.log = plan.logs().resolve(name + ".log");
    this.command = plan.command();
    this.environment = plan.environment();
  }

  /** Its name, such as {@code worker-1}. */
  public String name() {
    return name;
  }

  /** Where it takes requests. */
  public URI url() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /** Where its health and metrics are. */
  public URI management() {
    return URI.create("http://127.0.0.1:" + managementPort);
  }

  /** What it has printed. */
  public Path log() {
    return log;
  }

  /** Starts the process; it is not yet ready then. */
  public synchronized void start() {
    wanted = true;
    if (isAlive()) {
      return;
    }
    var builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    var inherited = builder.environment();
    inherited
        .keySet()
        .removeIf(key -> key.matches("(SPRING|SERVER|MANAGEMENT|LEGWORK)_.*|JAVA_TOOL_OPTIONS"));
    inherited.putAll(fullEnvironment());
    try {
      Files.createDirectories(log.toAbsolutePath().getParent());
      process = builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts it again if it has ended by itself; returns how it had ended, or null. */
  public synchronized @Nullable Integer revive() {
    if (!wanted || isAlive()) {
      return null;
    }
    var code = process == null ? null : process.exitValue();
    start();
    return code;
  }

  /** The id of the process, while it is there. */
  public synchronized OptionalLong pid() {
    return process != null && process.isAlive()
        ? OptionalLong.of(process.pid())
        : OptionalLong.empty();
  }

  /** Whether the process is there. */
  public synchronized boolean isAlive() {
    return process != null && process.isAlive();
  }

  /** Waits until it is ready for work; fails if it is not in time. */
  public void awaitReady() {
    if (!Await.within(START_LIMIT, this::isReady)) {
      throw new IllegalStateException(
          "%s did not become ready within %s; its log is %s".formatted(name, START_LIMIT, log));
    }
  }

  /** Waits until it lives, with or without its servers; fails if it does not in time. */
  void awaitLive() {
    if (!Await.within(START_LIMIT, () -> isAlive() && answers("/actuator/health/liveness"))) {
      throw new IllegalStateException(
          "%s did not live within %s; its log is %s".formatted(name, START_LIMIT, log));
    }
  }

  /** Whether it says that it is ready for work. */
  public boolean isReady() {
    return isAlive() && answers("/actuator/health/readiness");
  }

  private boolean answers(String path) {
    var request =
        HttpRequest.newBuilder(management().resolve(path)).timeout(Duration.ofSeconds(5)).build();
    try {
      return HTTP.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /**
   * What is on its heap once everything unreachable is gone, by class, as {@code jcmd
   * GC.class_histogram} prints it; empty while there is no process.
   */
  public String liveObjects() {
    var pid = pid();
    if (pid.isEmpty()) {
      return "";
    }
    String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    return new Command(jcmd, String.valueOf(pid.getAsLong()), "GC.class_histogram").run(LOOK_LIMIT);
  }

  /** Its metrics in the Prometheus format. */
  public String metrics() {
    var request =
        HttpRequest.newBuilder(management().resolve("/actuator/prometheus"))
            .timeout(Duration.ofSeconds(20))
            .build();
    try {
      return HTTP.send(request, BodyHandlers.ofString()).body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** Ends the process as {@code kill -9} does. */
  public void kill() {
    var current = current();
    if (current != null) {
      current.destroyForcibly().onExit().join();
    }
  }

  /** Asks the process to end, and kills it if it does not; returns its exit code. */
  public int stop() {
    return stop(GRACE);
  }

  /** Like {@link #stop()}, with another patience. */
  int stop(Duration grace) {
    var current = current();
    if (current == null) {
      return 0;
    }
    current.destroy();
    try {
      if (!current.waitFor(grace.toMillis(), TimeUnit.MILLISECONDS)) {
        kill();
      }
      return current.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** It stays down from now on, once it has ended. */
  public synchronized void leaveDown() {
    wanted = false;
  }

  /** Takes its time away. */
  public void freeze() {
    signal(Signal.STOP);
  }

  /** Lets it go on. */
  public void thaw() {
    signal(Signal.CONT);
  }

  private void signal(Signal signal) {
    var current = current();
    if (current != null) {
      signal.sendTo(current.pid());
    }
  }

  private synchronized @Nullable Process current() {
    return process;
  }

  private Map<String, String> fullEnvironment() {
    var full = new HashMap<>(environment);
    full.put("SERVER_ADDRESS", "127.0.0.1");
    full.put("SERVER_PORT", String.valueOf(port));
    full.put("MANAGEMENT_SERVER_ADDRESS", "127.0.0.1");
    full.put("MANAGEMENT_SERVER_PORT", String.valueOf(managementPort));
    RunKey.configure(full);
    return full;
  }
}
