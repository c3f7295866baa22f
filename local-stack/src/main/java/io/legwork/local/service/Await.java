package io.legwork.local.service;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for something to become true, by looking. */
public final class Await {

  private static final Duration INTERVAL = Duration.ofMillis(100);

  private Await() {}

  /** Returns whether it became true in time. */
  public static boolean within(Duration limit, BooleanSupplier condition) {
    return within(limit, INTERVAL, condition);
  }

  /** Like {@link #within(Duration, BooleanSupplier)}, looking only so often. */
  public static boolean within(Duration limit, Duration interval, BooleanSupplier condition) {
    long end = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - end >= 0) {
        return false;
      }
      pause(interval);
    }
    return true;
  }

  /** Does nothing for a while. */
  public static void pause(Duration howLong) {
    try {
      Thread.sleep(howLong);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
