package io.legwork.bench;

import io.legwork.bench.ceiling.HttpCeiling;
import io.legwork.bench.client.LoadKind;
import io.legwork.bench.client.LoadResult;
import io.legwork.bench.client.LoadSpec;
import io.legwork.bench.report.Figure;
import io.legwork.bench.report.Machine;
import io.legwork.bench.report.Measurement;
import io.legwork.bench.report.Ratio;
import io.legwork.bench.system.ClientProcess;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Puts single POSTs on plain HTTP, by the client and over the connections that Legwork gets. */
final class HttpTrial implements AutoCloseable {

  private static final String JAR = "bench/http-ceiling/target/bench-http-ceiling.jar";

  private final Session session;
  private final HttpCeiling server;

  private HttpTrial(Session session, HttpCeiling server) {
    this.session = session;
    this.server = server;
  }

  /** The application with the JVM options of the producer, running. */
  static HttpTrial start(Session session) {
    var options = session.options();
    var jar = options.root().resolve(JAR).toAbsolutePath();
    return new HttpTrial(session, HttpCeiling.start(jar, session.folder(), options.javaOptions()));
  }

  /** Loads without measuring. */
  void warmUp(int seconds) throws IOException, InterruptedException {
    ClientProcess.start(session.folder(), "warm-up", load(seconds)).await();
  }

  /** Measures one load. */
  Measurement run(String name, int round, int seconds) throws IOException, InterruptedException {
    double machine = Machine.load();
    long before = server.cpuMicros();
    var seen = ClientProcess.start(session.folder(), name + "-" + round, load(seconds)).await();
    var figures = figures(seen.result(), server.cpuMicros() - before);
    return new Measurement(name, round, machine, figures, List.of(), problems(seen.result()));
  }

  private LoadSpec load(int seconds) {
    return session.load(List.of(server.port()), LoadKind.SINGLE, 0, seconds);
  }

  private static List<Figure> figures(LoadResult seen, long serverMicros) {
    double seconds = (seen.endedMicros() - seen.startedMicros()) / 1e6;
    double requests = Math.max(1, seen.accepted());
    return List.of(
        new Figure(Ratio.REQUESTS, seen.accepted() / seconds),
        new Figure("CPU µs/request server", serverMicros / requests),
        new Figure("CPU µs/request client", seen.cpuMicros() / requests));
  }

  /** Nothing is refused here: with a request that is not accepted, something else was measured. */
  static List<String> problems(LoadResult seen) {
    var problems = new ArrayList<String>();
    if (seen.accepted() < seen.sent()) {
      problems.add(
          "%d requests were not accepted: %s"
              .formatted(seen.sent() - seen.accepted(), seen.firstProblem()));
    }
    if (seen.accepted() == 0) {
      problems.add("no request was accepted");
    }
    return problems;
  }

  @Override
  public void close() {
    server.close();
  }
}
