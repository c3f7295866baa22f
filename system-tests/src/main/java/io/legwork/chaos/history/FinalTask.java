package io.legwork.chaos.history;

/**
 * A task as the listing showed it at the end.
 *
 * @param token of the order it goes back to, or the empty string
 * @param submittedAt in microseconds, by the database's clock
 * @param finishedAt likewise, 0 if it is not over
 * @param reason why it failed, or the empty string
 * @param result the digest of its result, computed from what it says of itself; or the empty string
 * @param resultAttempt the attempt that the result says it is from, or 0
 * @param resultToken the token that the result names, or the empty string
 * @param digest of all that was shown
 */
public record FinalTask(
    String id,
    String token,
    String type,
    String state,
    int attempts,
    int maxAttempts,
    long submittedAt,
    long finishedAt,
    String reason,
    boolean permanent,
    String result,
    int resultAttempt,
    String resultToken,
    String digest) {

  /** Whether the task is over. */
  public boolean isTerminal() {
    return States.TERMINAL.contains(state);
  }
}
