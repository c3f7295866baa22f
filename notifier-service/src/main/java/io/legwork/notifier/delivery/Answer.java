package io.legwork.notifier.delivery;

import java.time.Duration;

/** What a request came to. */
sealed interface Answer {

  /**
   * The receiver answered.
   *
   * @param retryAfter how long it asked us to wait, zero if it did not
   * @param body the beginning of what it said
   */
  record Answered(int status, Duration retryAfter, String body) implements Answer {}

  /** There was no answer: nobody was reached, or the time was over. */
  record Unanswered(String error) implements Answer {}

  /** There was no request, and there never can be one. */
  record Impossible(String error) implements Answer {}
}
