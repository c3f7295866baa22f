package io.legwork.bench.system;

import io.legwork.bench.report.Figure;
import io.legwork.local.service.RunKey;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.HdrHistogram.Histogram;

/** How long reading takes: one task by its id, and the first page of a list with a filter. */
public final class Questions implements AutoCloseable {

  private static final int COUNT = 500;
  private static final int DIGITS = 3;
  private static final int OK = 200;
  private static final double NANOS_PER_MILLI = 1e6;

  private final HttpClient http = HttpClient.newHttpClient();
  private final URI base;

  /** Asks the producer on this port. */
  public Questions(int port) {
    this.base = URI.create("http://127.0.0.1:" + port);
  }

  /** Asks one after the other, for some of these tasks and as often for a list. */
  public List<Figure> ask(Set<UUID> tasks) throws IOException, InterruptedException {
    var get = new Histogram(DIGITS);
    var list = new Histogram(DIGITS);
    for (UUID task : tasks.stream().limit(COUNT).toList()) {
      get.recordValue(time("/v1/tasks/" + task));
      list.recordValue(time("/v1/tasks?state=SUCCEEDED&type=bench.noop&limit=50"));
    }
    return List.of(
        figure("GET p50 ms", get, 50),
        figure("GET p99 ms", get, 99),
        figure("list p50 ms", list, 50),
        figure("list p99 ms", list, 99));
  }

  private static Figure figure(String name, Histogram histogram, double percentile) {
    return new Figure(name, histogram.getValueAtPercentile(percentile) / NANOS_PER_MILLI);
  }

  private long time(String path) throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(base.resolve(path)).header(RunKey.HEADER, RunKey.header()).build();
    long start = System.nanoTime();
    var answer = http.send(request, BodyHandlers.discarding());
    if (answer.statusCode() != OK) {
      throw new IOException(path + " was answered with " + answer.statusCode());
    }
    return System.nanoTime() - start;
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
