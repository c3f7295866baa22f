package io.legwork.bench.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;
import tools.jackson.databind.json.JsonMapper;

/**
 * A client that submits tasks: {@code Load <spec.json> <result.json> <ids>}. It ends when every
 * request was answered.
 */
public final class Load {

  private static final JsonMapper JSON = JsonMapper.shared();

  private Load() {}

  /** Reads what to do from the first file, and writes what was seen to the second. */
  public static void main(String[] files) throws IOException, InterruptedException {
    var spec = JSON.readValue(Path.of(files[0]), LoadSpec.class);
    long started = micros();
    if (spec.kind() == LoadKind.GUESS) {
      guess(spec, started, files);
      return;
    }
    var senders = run(spec);
    var result = result(senders, started, micros());
    Ids.write(senders.stream().map(sender -> sender.ids).toList(), Path.of(files[2]));
    Files.write(Path.of(files[1]), JSON.writeValueAsBytes(result));
  }

  private static void guess(LoadSpec spec, long started, String[] files) throws IOException {
    try (var guesser = new Guesser(spec)) {
      guesser.run();
      var seen = guesser.seen(started, micros(), cpuMicros());
      Ids.write(List.of(), Path.of(files[2]));
      Files.write(Path.of(files[1]), JSON.writeValueAsBytes(seen));
    }
  }

  private static long cpuMicros() {
    return ProcessHandle.current().info().totalCpuDuration().map(Duration::toNanos).orElse(0L)
        / 1000;
  }

  private static List<Sender> run(LoadSpec spec) throws InterruptedException {
    double requests = spec.rate() / spec.tasksPerRequest();
    var pace = Pace.of(System.nanoTime(), spec.seconds(), requests, spec.mostRequests());
    var senders =
        IntStream.range(0, spec.connections())
            .mapToObj(n -> new Sender(spec, pace, spec.ports().get(n % spec.ports().size())))
            .toList();
    var threads = new ArrayList<Thread>();
    senders.forEach(sender -> threads.add(Thread.ofPlatform().name("sender").start(sender)));
    for (Thread thread : threads) {
      thread.join();
    }
    return senders;
  }

  private static LoadResult result(List<Sender> senders, long started, long ended) {
    return new LoadResult(
        started,
        ended,
        cpuMicros(),
        sum(senders, sender -> sender.sent),
        sum(senders, sender -> sender.accepted),
        sum(senders, sender -> sender.refused),
        sum(senders, sender -> sender.refusedWithoutAdvice),
        sum(senders, sender -> sender.late),
        sum(senders, sender -> sender.unknown),
        senders.stream()
            .map(sender -> sender.firstProblem)
            .filter(problem -> !problem.isEmpty())
            .findFirst()
            .orElse(""),
        encoded(senders));
  }

  private static long sum(List<Sender> senders, ToLongFunction<Sender> what) {
    return senders.stream().mapToLong(what).sum();
  }

  private static String encoded(List<Sender> senders) {
    var all = new Histogram(senders.getFirst().latency.getNumberOfSignificantValueDigits());
    senders.forEach(sender -> all.add(sender.latency));
    return Histograms.encoded(all);
  }

  private static long micros() {
    return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
  }
}
