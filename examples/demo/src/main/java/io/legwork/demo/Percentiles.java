package io.legwork.demo;

import java.time.Duration;
import java.util.List;

/**
 * Durations in order, of which percentiles can be asked.
 *
 * @param sorted the durations, shortest first
 */
record Percentiles(List<Duration> sorted) {

  Percentiles {
    sorted = sorted.stream().sorted().toList();
  }

  /**
   * The shortest duration that at least this share of all do not exceed.
   *
   * @param percent above 0, at most 100
   */
  Duration at(int percent) {
    if (sorted.isEmpty()) {
      return Duration.ZERO;
    }
    int rank = Math.ceilDiv(percent * sorted.size(), 100);
    return sorted.get(Math.max(rank, 1) - 1);
  }

  /** A duration for people: milliseconds below ten seconds, seconds above. */
  static String text(Duration duration) {
    long millis = duration.toMillis();
    return millis < 10_000 ? "%,d ms".formatted(millis) : "%.1f s".formatted(millis / 1000.0);
  }
}
