package io.legwork.handler;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How an attempt ended. */
public sealed interface Outcome {

  /**
   * The task is done.
   *
   * @param result what is stored and given to whoever asks, written as JSON; null for none
   */
  record Succeeded(@Nullable Object result) implements Outcome {}

  /**
   * The attempt failed.
   *
   * @param reason what went wrong, for people
   * @param permanent whether trying again is pointless
   */
  record Failed(String reason, boolean permanent) implements Outcome {}

  /**
   * The attempt failed and names the earliest time for the next one. Counts as an attempt.
   *
   * @param delay how long to wait, not negative
   * @param reason what went wrong, for people
   */
  record RetryAfter(Duration delay, String reason) implements Outcome {
    /** Refuses a negative delay. */
    public RetryAfter {
      if (delay.isNegative()) {
        throw new IllegalArgumentException("delay must not be negative: " + delay);
      }
    }
  }

  /**
   * It is too early: the task is to be started again later. Does not count as an attempt, so a task
   * may be put off as often as it takes.
   *
   * @param delay how long to wait, not negative; less than a second is taken as a second
   */
  record Snoozed(Duration delay) implements Outcome {
    /** Refuses a negative delay. */
    public Snoozed {
      if (delay.isNegative()) {
        throw new IllegalArgumentException("delay must not be negative: " + delay);
      }
    }
  }

  /** The task is done and has no result. */
  static Outcome succeed() {
    return new Succeeded(null);
  }

  /** The task is done, with a result that is written as JSON. */
  static Outcome succeed(Object result) {
    return new Succeeded(result);
  }

  /** The attempt failed; the task is tried again while it has attempts left. */
  static Outcome fail(String reason) {
    return new Failed(reason, false);
  }

  /** The task failed for good. */
  static Outcome failPermanently(String reason) {
    return new Failed(reason, true);
  }

  /**
   * The attempt failed; the next one starts no earlier than after the delay.
   *
   * @throws IllegalArgumentException if the delay is negative
   */
  static Outcome retryAfter(Duration delay, String reason) {
    return new RetryAfter(delay, reason);
  }

  /**
   * It is too early; the task is started again no earlier than after the delay, and nothing has
   * been used up.
   *
   * @throws IllegalArgumentException if the delay is negative
   */
  static Outcome snooze(Duration delay) {
    return new Snoozed(delay);
  }
}
