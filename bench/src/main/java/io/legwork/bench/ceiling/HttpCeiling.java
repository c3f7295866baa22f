package io.legwork.bench.ceiling;

import io.legwork.bench.system.Proc;
import io.legwork.local.service.Await;
import io.legwork.local.service.ServicePlan;
import io.legwork.local.service.ServiceProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A plain Spring MVC application as a process of its own, which answers submissions like a producer
 * and keeps nothing. Requests, no tasks. Closing ends it at once; without that it ends with this
 * JVM, which holds its input open.
 */
public final class HttpCeiling implements AutoCloseable {

  private static final String NAME = "plain-http";
  private static final Duration START_LIMIT = Duration.ofMinutes(3);

  private final ServiceProcess server;

  private HttpCeiling(ServiceProcess server) {
    this.server = server;
  }

  /**
   * Starts it; it takes requests when this returns.
   *
   * @param logs the folder for its log, and for its garbage collector's log
   * @param options for its JVM: those of the producer that it is compared with
   */
  public static HttpCeiling start(Path jar, Path logs, List<String> options) {
    // Producers keep such a log, too.
    var gcLog = "-Xlog:gc:file=" + logs.resolve(NAME + ".gc.log").toAbsolutePath();
    var all = Stream.concat(Stream.of(gcLog), options.stream()).toList();
    var server = new ServiceProcess(new ServicePlan(NAME, jar, logs, List.of(), all, Map.of()));
    var ceiling = new HttpCeiling(server);
    server.start();
    var _ = Await.within(START_LIMIT, () -> ceiling.isOpen() || !server.isAlive());
    if (!ceiling.isOpen()) {
      ceiling.close();
      throw new IllegalStateException("plain HTTP did not start; its log is " + server.log());
    }
    return ceiling;
  }

  private boolean isOpen() {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
      return socket.isConnected();
    } catch (IOException notYet) {
      return false;
    }
  }

  /** Where it takes requests. */
  public int port() {
    return server.url().getPort();
  }

  /** The processor time that it has used so far. */
  public long cpuMicros() {
    return server.pid().stream()
        .flatMap(pid -> Proc.usage(pid).stream().mapToLong(Proc.Usage::cpuMicros))
        .sum();
  }

  @Override
  public void close() {
    server.kill();
  }
}
