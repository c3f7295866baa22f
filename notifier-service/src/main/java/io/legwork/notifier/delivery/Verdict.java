package io.legwork.notifier.delivery;

import io.legwork.ledger.DeliveryState;
import io.legwork.notifier.delivery.Answer.Answered;
import io.legwork.notifier.delivery.Answer.Impossible;
import io.legwork.notifier.delivery.Answer.Taken;
import io.legwork.notifier.delivery.Answer.Unanswered;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What follows from an answer.
 *
 * @param delay how long until the next attempt, if the delivery is still pending
 * @param error what went wrong, or null if nothing did
 */
record Verdict(DeliveryState state, Duration delay, @Nullable String error) {

  private static final int GONE = 410;

  /** What a receiver or a proxy answers that has too much to do. */
  private static final Set<Integer> BUSY = Set.of(429, 502, 503, 504);

  private static final Duration SHORTEST_THROTTLE = Duration.ofSeconds(1);

  /**
   * Judges the answer to the latest attempt.
   *
   * @param attempts how many there have been, that one included
   */
  static Verdict on(Answer answer, int attempts, RetrySchedule schedule) {
    return switch (answer) {
      case Answered answered when isSuccess(answered) ->
          new Verdict(DeliveryState.DELIVERED, Duration.ZERO, null);
      case Answered answered when isGone(answered) ->
          new Verdict(DeliveryState.DISABLED, Duration.ZERO, "410: nothing more is wanted");
      case Answered answered ->
          failed(reason(answered.status()), attempts, answered.retryAfter(), schedule);
      case Taken() -> new Verdict(DeliveryState.DELIVERED, Duration.ZERO, null);
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

  static boolean isSuccess(Answer answer) {
    return answer instanceof Taken
        || (answer instanceof Answered answered && answered.status() / 100 == 2);
  }

  static boolean isGone(Answer answer) {
    return answer instanceof Answered answered && answered.status() == GONE;
  }

  /** What went wrong, for people. */
  static String reason(Answer answer) {
    return switch (answer) {
      case Answered answered -> reason(answered.status());
      case Taken() -> "nothing";
      case Unanswered(String error) -> error;
      case Impossible(String error) -> error;
    };
  }

  private static String reason(int status) {
    return status / 100 == 3
        ? status + ": redirects are not followed"
        : status + " is not a success";
  }

  /** How long the whole endpoint is to be left alone after an answer; zero if it need not be. */
  static Duration throttle(Answer answer) {
    if (answer instanceof Answered answered && BUSY.contains(answered.status())) {
      Duration asked = answered.retryAfter();
      return asked.compareTo(SHORTEST_THROTTLE) > 0 ? asked : SHORTEST_THROTTLE;
    }
    return Duration.ZERO;
  }

  /** The value of the metrics' label. */
  String outcome() {
    return state == DeliveryState.PENDING ? "retried" : state.name().toLowerCase(Locale.ROOT);
  }
}
