package io.legwork.task;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait between attempts: exponential backoff with full jitter, a random time between
 * zero and the capped exponential ("Exponential Backoff And Jitter", AWS Architecture Blog, 2015).
 *
 * @param initial the upper bound of the first wait, positive
 * @param max the upper bound of any wait, at least {@code initial}
 * @param factor by how much the bound grows per attempt, from 1 to 10
 */
public record RetryPolicy(Duration initial, Duration max, double factor) {

  /** The longest wait that can be asked for. */
  public static final Duration LONGEST = Duration.ofDays(7);

  /** At most 2 s before the second attempt, doubling to at most 10 minutes. */
  public static final RetryPolicy DEFAULT =
      new RetryPolicy(Duration.ofSeconds(2), Duration.ofMinutes(10), 2);

  /** Refuses bounds that make no sense. */
  public RetryPolicy {
    if (!initial.isPositive() || initial.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("initial must be positive and at most 7 days: " + initial);
    }
    if (max.compareTo(initial) < 0 || max.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("max must be from initial to 7 days: " + max);
    }
    if (!(factor >= 1 && factor <= 10)) {
      throw new IllegalArgumentException("factor must be from 1 to 10: " + factor);
    }
  }

  /**
   * A random wait before the attempt that follows.
   *
   * @param failedAttempts how many attempts of this run have failed, at least 1
   * @param random chooses within the bound
   */
  public Duration backoff(int failedAttempts, RandomGenerator random) {
    return Duration.ofMillis(random.nextLong(bound(failedAttempts).toMillis() + 1));
  }

  /** The upper bound of {@link #backoff}. */
  Duration bound(int failedAttempts) {
    double bound = initial.toMillis() * Math.pow(factor, failedAttempts - 1);
    return bound >= max.toMillis() ? max : Duration.ofMillis((long) bound);
  }
}
