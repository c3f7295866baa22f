package io.legwork.notifier.delivery;

import java.time.Duration;

/**
 * Keeps attempts from an endpoint that only fails, or that asked for time: after some failures in a
 * row it is closed to all but one attempt now and then, and opened by the first success. Guarded by
 * its owner. Times are those of {@link System#nanoTime}.
 */
final class CircuitBreaker {

  private static final int FAILURES = 5;
  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofMinutes(1);
  private static final int MOST_DOUBLINGS = 6;

  /** How long a receiver may keep everything away by asking for time. */
  private static final Duration LONGEST_ASKED = Duration.ofMinutes(10);

  private int failures;
  private boolean closed;
  private long until;

  void succeeded() {
    failures = 0;
    closed = false;
  }

  void failed(long now) {
    failures++;
    if (failures >= FAILURES) {
      int doublings = Math.min(failures - FAILURES, MOST_DOUBLINGS);
      Duration wait = FIRST.multipliedBy(1L << doublings);
      close(now, wait.compareTo(LONGEST) > 0 ? LONGEST : wait);
    }
  }

  /** The receiver asked for time. */
  void throttled(long now, Duration asked) {
    close(now, asked.compareTo(LONGEST_ASKED) > 0 ? LONGEST_ASKED : asked);
  }

  private void close(long now, Duration wait) {
    long end = now + wait.toNanos();
    if (!closed || end - until > 0) {
      until = end;
    }
    closed = true;
  }

  /** Whether nothing may be attempted now. */
  boolean isClosed(long now) {
    return closed && until - now > 0;
  }

  /** Whether one attempt may be made, to see. */
  boolean isProbing(long now) {
    return closed && until - now <= 0;
  }

  /** Whether there is nothing to remember. */
  boolean isIdle(long now) {
    return closed ? now - until > LONGEST_ASKED.toNanos() : failures == 0;
  }
}
