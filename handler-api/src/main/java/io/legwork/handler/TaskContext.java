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
}
