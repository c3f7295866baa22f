package io.legwork.handler;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/** The task and the attempt that a {@link Handler} is working on. Thread-safe. */
public interface TaskContext {

  /** The task's id, a UUIDv7 in its canonical form. */
  String taskId();

  /** The tenant the task belongs to. */
  String tenant();

  /** The task type this handler was chosen by. */
  String type();

  /** The number of this attempt, from 1. It only ever grows. */
  int attempt();

  /**
   * What orders the attempts of this task: a later attempt has a higher token, and there is no
   * other with the same. Whatever the handler writes elsewhere can carry it, so that a later
   * attempt's write is never overwritten by an earlier one that was thought dead.
   */
  default long fencingToken() {
    return attempt();
  }

  /** How many attempts the task has in all, at least 1. */
  int maxAttempts();

  /**
   * The time left to this attempt, never negative. At zero the attempt is interrupted and fails.
   */
  Duration remaining();

  /** When this attempt's time is up, by the ledger's clock. */
  Instant deadline();

  /**
   * Tells how far the attempt has come; whoever asks for the task is shown the latest. Returns at
   * once and is written twice a second at most, so it may be called as often as it is convenient. A
   * call after the attempt is over has no effect.
   *
   * @param percent from 0 to 100
   * @param message what is being done, for people; cut to 500 characters
   * @throws IllegalArgumentException if the percentage is not one
   */
  void progress(int percent, String message);

  /**
   * Keeps a value for the next attempt of this task, in place of the one kept before. Returns once
   * that is durable; while the ledger is away it waits.
   *
   * @param value written as JSON, at most 64 KiB of it
   * @throws IllegalArgumentException if it cannot be written as JSON or is too large
   * @throws CancellationException if the attempt is over: the value was not kept, and what the
   *     handler returns is dropped
   */
  void checkpoint(Object value);

  /**
   * The value that was kept last: by this attempt or, if it has kept none, by an earlier one.
   *
   * @param type what it is read into
   * @return empty if none was kept
   * @throws IllegalArgumentException if it is not of that type
   */
  <T> Optional<T> lastCheckpoint(Class<T> type);

  /**
   * Whether the attempt is over although the handler still runs: the task was cancelled, the time
   * is up, the worker stops, or the worker was cut off for so long that another one has taken over.
   * The thread is interrupted then, too; a handler that does not block asks now and then. What it
   * returns is dropped.
   */
  boolean isCancelled();

  /**
   * The trace the task was submitted in, the value of a {@code traceparent} of W3C Trace Context,
   * for whatever the handler calls; empty if there is none.
   */
  default Optional<String> traceparent() {
    return Optional.empty();
  }

  /**
   * A logger whose lines tell the task, its type and the attempt. They go to the worker's log:
   * payloads and secrets do not belong there.
   */
  System.Logger logger();
}
