package io.legwork.demo;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Counts the commits of the ledger's database while the demo runs.
 *
 * <p>PostgreSQL counts for the whole database, heartbeats and polling included, so what the system
 * commits while idle is measured first and subtracted. A connection reports its commits up to a
 * second late, and the last ones before it falls idle up to ten: the pauses allow for the former,
 * the latter makes the figure a little too low.
 */
final class CommitMeter {

  private static final Duration WINDOW = Duration.ofMillis(1500);
  private static final Duration SETTLE = Duration.ofSeconds(3);

  private final Supplier<Optional<Counters>> counters;
  private Optional<Counters> start = Optional.empty();
  private long startNanos;
  private long idle;
  private long accepting;
  private long writes;

  CommitMeter(Supplier<Optional<Counters>> counters) {
    this.counters = counters;
  }

  /**
   * What was counted.
   *
   * @param total from before the first task was submitted until after the last webhook
   * @param took how long that was
   * @param accepting while the batch was accepted and until {@link #WINDOW} after
   * @param idle in a {@link #WINDOW} before anything was submitted
   * @param writes with how many writes the batch was accepted
   */
  record Commits(long total, Duration took, long accepting, long idle, long writes) {

    /** What the idle system would have committed in the same time. */
    long background() {
      return Math.min(total, idle * took.toMillis() / WINDOW.toMillis());
    }

    /** The commits that each of so many tasks took. */
    double perTask(int tasks) {
      return (double) (total - background()) / tasks;
    }
  }

  /** Measures the idle system, then starts to count. */
  void start() {
    var before = counters.get();
    if (before.isEmpty()) {
      return;
    }
    pause(WINDOW);
    start = counters.get();
    startNanos = System.nanoTime();
    idle = commitsSince(before);
  }

  /** Counts what accepting the batch took; call it right after. */
  void accepted() {
    if (start.isPresent()) {
      writes = counters.get().map(now -> now.writes() - start.get().writes()).orElse(0L);
      pause(WINDOW);
      accepting = commitsSince(start);
    }
  }

  /** Ends the count; empty where the numbers are not to be had. */
  Optional<Commits> finish() {
    if (start.isEmpty()) {
      return Optional.empty();
    }
    pause(SETTLE);
    var took = Duration.ofNanos(System.nanoTime() - startNanos);
    return Optional.of(new Commits(commitsSince(start), took, accepting, idle, writes));
  }

  private long commitsSince(Optional<Counters> earlier) {
    return earlier
        .flatMap(before -> counters.get().map(now -> now.commits() - before.commits()))
        .orElse(0L);
  }

  private static void pause(Duration duration) {
    try {
      Thread.sleep(duration);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DemoException("interrupted", e);
    }
  }
}
