package io.legwork.ledger;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of a task.
 *
 * @param number from 1, over all runs
 * @param endedAt when it ended, or null while it runs
 * @param reason what went wrong, or null if nothing did
 * @param worker the process that ran it, or null if that is no longer known
 */
public record AttemptView(
    int number,
    State state,
    Instant startedAt,
    @Nullable Instant endedAt,
    @Nullable String reason,
    boolean permanent,
    @Nullable UUID worker) {

  /** How an attempt stands. */
  public enum State {
    RUNNING,
    SUCCEEDED,
    FAILED,
    /** Its worker fell silent. */
    LOST
  }
}
