package io.legwork.subscription;

import java.time.Duration;

/**
 * What a subscription may cost, and when it is given up.
 *
 * @param concurrency how many attempts may be under way at the same time
 * @param perSecond how many attempts may begin in a second, 0 for no limit
 * @param disableAfter after how long of nothing but failures it is disabled
 */
public record Limits(int concurrency, int perSecond, Duration disableAfter) {

  /** What holds where nothing was chosen. */
  public static final Limits DEFAULT = new Limits(16, 0, Duration.ofDays(5));
}
