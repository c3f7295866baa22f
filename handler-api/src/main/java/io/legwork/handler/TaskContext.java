package io.legwork.handler;

import java.time.Duration;

/** The task and the attempt that a {@link Handler} is working on. Thread-safe. */
public interface TaskContext {

  /** The task's id, a UUIDv7 in its canonical form. */
  String taskId();

  /** The tenant the task belongs to. */
  String tenant();

  /** The task type this handler was chosen by. */
  String type();

  /**
   * The number of this attempt, from 1. It only ever grows and is the fencing token: whatever the
   * handler writes elsewhere can carry it, so that a later attempt's write is never overwritten by
   * an earlier one that was thought dead.
   */
  int attempt();

  /** How many attempts the task has in all, at least 1. */
  int maxAttempts();

  /**
   * The time left to this attempt, never negative. At zero the attempt is interrupted and fails.
   */
  Duration remaining();

  /**
   * Whether the attempt is over although the handler still runs: the task was cancelled, the time
   * is up, the worker stops, or the worker was cut off for so long that another one has taken over.
   * The thread is interrupted then, too; a handler that does not block asks now and then. What it
   * returns is dropped.
   */
  boolean isCancelled();
}
