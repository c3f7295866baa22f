package io.legwork.messaging;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Waits that double from the first to the longest; each is a random time between half and all of
 * its bound, so that publishers do not come back at once and never without a pause.
 */
record Backoff(Duration first, Duration longest, RandomGenerator random) {

  private static final int LARGEST_SHIFT = 30;

  /**
   * How long to wait.
   *
   * @param failures how many tries were in vain, at least 1
   */
  long nanos(int failures) {
    long bound = first.toNanos() << Math.min(failures - 1, LARGEST_SHIFT);
    if (bound <= 0 || bound > longest.toNanos()) {
      bound = longest.toNanos();
    }
    return bound - random.nextLong(bound / 2 + 1);
  }
}
