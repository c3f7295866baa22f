package io.legwork.authentication;

import java.util.function.LongSupplier;

/**
 * How many wrong keys a second are worth an answer that says so. Who guesses is told to wait; who
 * has a right key never gets here. Thread-safe.
 */
final class Failures {

  private static final long SECOND = 1_000_000_000L;

  private final long perSecond;
  private final LongSupplier nanoTime;
  private long left;
  private long since;

  Failures(int perSecond, LongSupplier nanoTime) {
    this.perSecond = perSecond;
    this.nanoTime = nanoTime;
    this.left = perSecond;
    this.since = nanoTime.getAsLong();
  }

  /** Whether this one is still within the limit. */
  synchronized boolean allow() {
    long now = nanoTime.getAsLong();
    if (now - since >= SECOND) {
      since = now;
      left = perSecond;
    }
    left = Math.max(-1, left - 1);
    return left >= 0;
  }
}
