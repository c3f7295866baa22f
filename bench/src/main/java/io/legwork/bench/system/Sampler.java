package io.legwork.bench.system;

import io.legwork.bench.report.Series;
import io.legwork.bench.report.Series.Point;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Looks at the processor time of all processes at intervals while a load runs. */
public final class Sampler implements AutoCloseable {

  private static final Duration INTERVAL = Duration.ofMillis(500);
  private static final double PERCENT = 100;

  private final Meter meter;
  private final long start = System.nanoTime();
  private final Map<String, List<Point>> points = new LinkedHashMap<>();
  private final Thread thread;

  private Sampler(Meter meter) {
    this.meter = meter;
    this.thread = Thread.ofPlatform().daemon().name("sampler").start(this::run);
  }

  /** A sampler that runs until it is closed. */
  public static Sampler start(Meter meter) {
    return new Sampler(meter);
  }

  private void run() {
    var before = meter.cpuMicros();
    long at = System.nanoTime();
    try {
      while (true) {
        Thread.sleep(INTERVAL);
        var now = meter.cpuMicros();
        long time = System.nanoTime();
        add(before, now, (time - start) / 1e9, (time - at) / 1e3);
        before = now;
        at = time;
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void add(
      Map<String, Long> before, Map<String, Long> now, double seconds, double micros) {
    now.forEach((name, used) -> {
      double share = PERCENT * (used - before.getOrDefault(name, used)) / micros;
      points.computeIfAbsent(name, _ -> new ArrayList<>()).add(new Point(seconds, share));
    });
  }

  /** One line for each process, in percent of one core. */
  public synchronized List<Series> series() {
    return points.entrySet().stream()
        .map(line -> new Series("CPU, % of one core", line.getKey(), line.getValue()))
        .toList();
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
