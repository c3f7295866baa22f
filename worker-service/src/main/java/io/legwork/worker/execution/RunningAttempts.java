package io.legwork.worker.execution;

import io.legwork.handler.Outcome;
import io.legwork.task.TaskId;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;

/**
 * The attempts of this worker, from their claim to the commit of their outcome. Thread-safe.
 *
 * <p>Timeouts are found by looking through the running attempts ten times a second, which costs a
 * task nothing, rather than by a timer each.
 */
final class RunningAttempts {

  /** How often {@link #timeOut} is to be called. */
  static final Duration TICK = Duration.ofMillis(100);

  private final ConcurrentMap<TaskId, Attempt> attempts = new ConcurrentHashMap<>();

  void add(Attempt attempt) {
    attempts.put(attempt.task().id(), attempt);
  }

  void remove(Attempt attempt) {
    attempts.remove(attempt.task().id(), attempt);
    if (attempts.isEmpty()) {
      synchronized (this) {
        notifyAll();
      }
    }
  }

  boolean contains(TaskId task) {
    return attempts.containsKey(task);
  }

  int size() {
    return attempts.size();
  }

  /**
   * Waits until none is left.
   *
   * @return whether that was so within the time
   */
  synchronized boolean awaitNone(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    try {
      while (!attempts.isEmpty()) {
        long millis = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        if (millis <= 0) {
          return false;
        }
        wait(millis);
      }
      return true;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Ends the attempts whose time is up. */
  void timeOut() {
    for (Attempt attempt : attempts.values()) {
      if (attempt.remaining().isZero()) {
        attempt.timeOut();
      }
    }
  }

  /** Ends all attempts, because the worker stops and its grace is over. */
  void stopAll() {
    for (Attempt attempt : attempts.values()) {
      attempt.stop(Outcome.fail("The worker was stopped before the attempt ended."));
    }
  }
}
