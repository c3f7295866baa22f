package io.legwork.messaging;

import java.time.Duration;

/**
 * The bounds a publisher keeps to.
 *
 * @param capacity how many messages it holds at most, sent but unconfirmed ones included
 * @param window how many may be unconfirmed at a time
 * @param confirmTimeout after how long without an answer a message is sent again
 * @param firstBackoff how long it waits before it tries again
 * @param longestBackoff what the wait, which doubles, is capped at
 */
public record PublisherSettings(
    int capacity,
    int window,
    Duration confirmTimeout,
    Duration firstBackoff,
    Duration longestBackoff) {

  /** 50,000 messages, 1,000 unconfirmed, an answer within 10 s, waits from 100 ms to 5 s. */
  public static final PublisherSettings DEFAULT =
      new PublisherSettings(
          50_000, 1_000, Duration.ofSeconds(10), Duration.ofMillis(100), Duration.ofSeconds(5));

  /** Refuses bounds that make no sense. */
  public PublisherSettings {
    if (window < 1 || capacity < window) {
      throw new IllegalArgumentException(
          "the window must be at least 1 and at most the capacity: " + window + ", " + capacity);
    }
    if (!confirmTimeout.isPositive()
        || !firstBackoff.isPositive()
        || longestBackoff.compareTo(firstBackoff) < 0) {
      throw new IllegalArgumentException(
          "timeout and backoff must be positive and the longest backoff not below the first");
    }
  }
}
