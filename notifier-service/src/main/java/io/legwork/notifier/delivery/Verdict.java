package io.legwork.notifier.delivery;

import io.legwork.ledger.DeliveryState;
import io.legwork.notifier.delivery.Answer.Answered;
import io.legwork.notifier.delivery.Answer.Impossible;
import io.legwork.notifier.delivery.Answer.Unanswered;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What follows from an answer.
 *
 * @param delay how long until the next attempt, if the delivery is still pending
 * @param error what went wrong, or null if nothing did
 */
record Verdict(DeliveryState state, Duration delay, @Nullable String error) {

  private static final int GONE = 410;

  /**
   * Judges the answer to the latest attempt.
   *
   * @param attempts how many there have been, that one included
   */
  static Verdict on(Answer answer, int attempts, RetrySchedule schedule) {
    return switch (answer) {
      case Answered answered when answered.status() / 100 == 2 ->
          new Verdict(DeliveryState.DELIVERED, Duration.ZERO, null);
      case Answered answered when answered.status() == GONE ->
          new Verdict(DeliveryState.DISABLED, Duration.ZERO, "410: nothing more is wanted");
      case Answered answered ->
          failed(reason(answered.status()), attempts, answered.retryAfter(), schedule);
      case Unanswered(String error) -> failed(error, attempts, Duration.ZERO, schedule);
      case Impossible(String error) -> new Verdict(DeliveryState.EXHAUSTED, Duration.ZERO, error);
    };
  }

  private static Verdict failed(
      String error, int attempts, Duration asked, RetrySchedule schedule) {
    return schedule
        .after(attempts, asked)
        .map(delay -> new Verdict(DeliveryState.PENDING, delay, error))
        .orElseGet(() -> new Verdict(DeliveryState.EXHAUSTED, Duration.ZERO, error));
  }

  private static String reason(int status) {
    return status / 100 == 3
        ? status + ": redirects are not followed"
        : status + " is not a success";
  }

  /** The value of the metrics' label. */
  String outcome() {
    return state == DeliveryState.PENDING ? "retried" : state.name().toLowerCase(Locale.ROOT);
  }
}
