package io.legwork.chaos.history;

/**
 * A line of the handlers' own ledger.
 *
 * @param payload the digest of what the handler was given
 * @param result the digest of what it returned, or the empty string
 */
public record Execution(
    Phase phase,
    long at,
    String task,
    String type,
    int attempt,
    long pid,
    String token,
    String payload,
    String result) {

  /** Where in an attempt the line was written. */
  public enum Phase {
    /** The handler began. */
    START,
    /** The handler is about to succeed. */
    SUCCESS,
    /** The handler is about to fail. */
    FAILURE
  }
}
