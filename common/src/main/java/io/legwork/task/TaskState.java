package io.legwork.task;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * Where a task stands. {@link #canBecome} is the one table of legal moves; docs/state-machine.md
 * draws it.
 */
public enum TaskState {
  /** Accepted, to be dispatched at a later time. */
  SCHEDULED(0),
  /** Dispatched to its queue, waiting for a worker. */
  QUEUED(1),
  /** Claimed by a worker; an attempt is under way. */
  RUNNING(2),
  /** An attempt failed; the next one is due later. */
  RETRYING(3),
  /** Done; its result is kept. */
  SUCCEEDED(10),
  /** Its attempts are used up, or its error was permanent. */
  FAILED(11),
  /** Cancelled before it was done. */
  CANCELLED(12),
  /** Not started by its deadline. */
  EXPIRED(13);

  private static final Map<TaskState, Set<TaskState>> MOVES =
      Map.of(
          SCHEDULED, EnumSet.of(QUEUED, CANCELLED, EXPIRED),
          QUEUED, EnumSet.of(RUNNING, CANCELLED, EXPIRED),
          RUNNING, EnumSet.of(SUCCEEDED, FAILED, RETRYING, QUEUED, CANCELLED),
          RETRYING, EnumSet.of(QUEUED, CANCELLED, EXPIRED),
          SUCCEEDED, EnumSet.noneOf(TaskState.class),
          FAILED, EnumSet.of(QUEUED),
          CANCELLED, EnumSet.of(QUEUED),
          EXPIRED, EnumSet.of(QUEUED));

  private final int code;

  TaskState(int code) {
    this.code = code;
  }

  /** The number the ledger stores; never reused for another state. */
  public int code() {
    return code;
  }

  /**
   * The state with the given code.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static TaskState ofCode(int code) {
    return Arrays.stream(values())
        .filter(state -> state.code == code)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no task state has the code " + code));
  }

  /** Whether the task is over; only an operator's redrive leads out of a terminal state. */
  public boolean isTerminal() {
    return code >= SUCCEEDED.code;
  }

  /** Whether the life of a task allows the move. A move to the same state is never one. */
  public boolean canBecome(TaskState next) {
    return MOVES.getOrDefault(this, Set.of()).contains(next);
  }
}
