package io.legwork.demo;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * Counts the commits of the ledger's database while the demo runs.
 *
 * <p>The number is the whole database's, so it holds heartbeats and polling too; what the system
 * commits while idle is measured first and shown beside it. PostgreSQL's statistics are up to a
 * second late while a connection is busy, hence the pauses.
 */
final class CommitMeter {

  private static final Duration WINDOW = Duration.ofMillis(1500);
  private static final Duration SETTLE = Duration.ofSeconds(3);

  private final Supplier<OptionalLong> gauge;
  private OptionalLong start = OptionalLong.empty();
  private long idle;
  private long accepting;

  CommitMeter(Supplier<OptionalLong> gauge) {
    this.gauge = gauge;
  }

  /**
   * What was counted.
   *
   * @param total from before the first task was submitted until after the last webhook
   * @param accepting while the batch was accepted and for a while after
   * @param idle in the same time before anything was submitted
   */
  record Commits(long total, long accepting, long idle) {

    /** Commits for each of so many tasks. */
    static String per(long commits, int tasks) {
      return "%.3f".formatted((double) commits / tasks);
    }
  }

  /** Measures the idle system, then starts to count. */
  void start() {
    var before = gauge.get();
    pause(WINDOW);
    start = gauge.get();
    if (before.isPresent() && start.isPresent()) {
      idle = start.getAsLong() - before.getAsLong();
    }
  }

  /** Counts what accepting the batch took; call it right after. */
  void accepted() {
    if (start.isPresent()) {
      pause(WINDOW);
      accepting = gauge.get().orElse(start.getAsLong()) - start.getAsLong();
    }
  }

  /** Ends the count; empty where the number is not to be had. */
  Optional<Commits> finish() {
    if (start.isEmpty()) {
      return Optional.empty();
    }
    pause(SETTLE);
    var end = gauge.get();
    return end.isEmpty()
        ? Optional.empty()
        : Optional.of(new Commits(end.getAsLong() - start.getAsLong(), accepting, idle));
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
