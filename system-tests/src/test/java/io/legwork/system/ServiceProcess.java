package io.legwork.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
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
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A packaged service as a process that can be started, killed and started again. */
final class ServiceProcess {

  private static final Duration START_LIMIT = Duration.ofMinutes(4);
  private static final Duration GRACE = Duration.ofSeconds(30);
  private static final HttpClient HTTP =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

  private final String name;
  private final Path jar;
  private final Path log;
  private final Map<String, String> environment;
  private final int port = freePort();
  private final int managementPort = freePort();
  private @Nullable Process process;

  ServiceProcess(String name, Path jar, Path logs, Map<String, String> environment) {
    this.name = name;
    this.jar = jar;
    this.log = logs.resolve(name + ".log");
    this.environment = Map.copyOf(environment);
    try {
      Files.deleteIfExists(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return name;
  }

  /** Where it takes requests. */
  URI url() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /** Where its health and metrics are. */
  URI management() {
    return URI.create("http://127.0.0.1:" + managementPort);
  }

  /** Starts the process; it is not yet ready then. */
  void start() {
    assertThat(jar).as("packaged service; build it with `./mvnw package`").exists();
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var builder =
        new ProcessBuilder(
                List.of(
                    java,
                    "-Xmx384m",
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-XX:+ExitOnOutOfMemoryError",
                    "--enable-native-access=ALL-UNNAMED",
                    "--sun-misc-unsafe-memory-access=allow",
                    "-jar",
                    jar.toString()))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().keySet().removeIf(key -> key.startsWith("SPRING_"));
    builder.environment().putAll(fullEnvironment());
    try {
      Files.createDirectories(log.getParent());
      process = builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until it is ready for work; fails with the end of its log if it ends before. */
  void awaitReady() {
    await(name + " is ready")
        .atMost(START_LIMIT)
        .pollInterval(Duration.ofMillis(100))
        .until(() -> {
          assertThat(isAlive()).as(() -> name + " ended:\n" + tail()).isTrue();
          return isReady();
        });
  }

  boolean isAlive() {
    return process != null && process.isAlive();
  }

  boolean isReady() {
    var request =
        HttpRequest.newBuilder(management().resolve("/actuator/health/readiness"))
            .timeout(Duration.ofSeconds(10))
            .build();
    try {
      return HTTP.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Whether it lives, ready or not. */
  boolean isLive() {
    return health("/liveness").startsWith("200 ");
  }

  /** The status and the body of one of its health checks; empty if nobody answers. */
  String health(String group) {
    return managed("/actuator/health" + group);
  }

  /** What Prometheus scrapes, after the status; empty if nobody answers. */
  String metrics() {
    return managed("/actuator/prometheus");
  }

  private String managed(String path) {
    var request =
        HttpRequest.newBuilder(management().resolve(path)).timeout(Duration.ofSeconds(10)).build();
    try {
      var answer = HTTP.send(request, BodyHandlers.ofString());
      return answer.statusCode() + " " + answer.body();
    } catch (IOException e) {
      return "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }

  long pid() {
    return process == null ? 0 : process.pid();
  }

  /** Waits until the process has ended by itself; returns its exit code. */
  int awaitExit() {
    await(name + " ends").atMost(START_LIMIT).until(() -> !isAlive());
    return process == null ? 0 : process.exitValue();
  }

  /** Ends the process as `kill -9` does. */
  void kill() {
    if (process != null) {
      process.destroyForcibly().onExit().join();
    }
  }

  /** Asks the process to end; returns its exit code. */
  int stop() throws InterruptedException {
    if (process == null) {
      return 0;
    }
    process.destroy();
    if (!process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
      kill();
    }
    return process.exitValue();
  }

  /** Sends a signal, such as STOP, which freezes the process until it gets CONT. */
  void signal(String name) {
    try {
      int exit = new ProcessBuilder("kill", "-" + name, String.valueOf(pid())).start().waitFor();
      assertThat(exit).as("kill -%s", name).isZero();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The sum of a metric over all its labels, as Prometheus would scrape it. */
  double metric(String metric) {
    var request = HttpRequest.newBuilder(management().resolve("/actuator/prometheus")).build();
    try {
      return HTTP.send(request, BodyHandlers.ofLines())
          .body()
          .filter(line -> line.matches(metric + "(\\{.*})? .*"))
          .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
          .sum();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 0;
    }
  }

  /** What the process has written to its log so far. */
  String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String tail() {
    var lines = log().lines().toList();
    return String.join("\n", lines.subList(Math.max(0, lines.size() - 25), lines.size()));
  }

  private Map<String, String> fullEnvironment() {
    var full = new HashMap<>(environment);
    full.put("SERVER_ADDRESS", "127.0.0.1");
    full.put("SERVER_PORT", String.valueOf(port));
    full.put("MANAGEMENT_SERVER_ADDRESS", "127.0.0.1");
    full.put("MANAGEMENT_SERVER_PORT", String.valueOf(managementPort));
    return full;
  }

  private static int freePort() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
