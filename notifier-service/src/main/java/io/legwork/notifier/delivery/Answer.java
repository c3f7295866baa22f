package io.legwork.notifier.delivery;

import java.time.Duration;

/** What an attempt came to. */
sealed interface Answer {

  /**
   * The receiver answered.
   *
   * @param retryAfter how long it asked us to wait, zero if it did not
   * @param head what it said before the body
   * @param body the beginning of what it said
   */
  record Answered(int status, Duration retryAfter, String head, String body) implements Answer {}

  /** A channel without statuses took it. */
  record Taken() implements Answer {}

  /** There was no answer: nobody was reached, or the time was over. */
  record Unanswered(String error) implements Answer {}

  /** There was nothing sent, and there never can be. */
  record Impossible(String error) implements Answer {}
}
