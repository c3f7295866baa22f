package io.legwork.worker.execution;

import io.legwork.handler.Outcome;
import io.legwork.ledger.RunningAttempt;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;

/**
 * The attempts of this worker, from their claim to the commit of their outcome. Two messages for
 * one attempt may be in this worker, after a broken connection or a repair: whoever is to claim an
 * attempt reserves it first, so that it is claimed and run once. Thread-safe.
 *
 * <p>What is due by time is found by looking through the running attempts ten times a second, which
 * costs a task nothing, rather than by a timer each.
 */
final class RunningAttempts {

  /** How often {@link #tick} is to be called. */
  static final Duration TICK = Duration.ofMillis(100);

  private final ConcurrentMap<RunningAttempt, Attempt> attempts = new ConcurrentHashMap<>();
  private final Set<RunningAttempt> reserved = ConcurrentHashMap.newKeySet();
  private final StoppedHandlers stopped = new StoppedHandlers();
  private final Duration holdDelivery;

  /**
   * @param holdDelivery how long an attempt may run before its delivery is acknowledged (decision
   *     6): its claim is committed and under this worker's lease
   */
  RunningAttempts(Duration holdDelivery) {
    this.holdDelivery = holdDelivery;
  }

  /**
   * Reserves an attempt that is to be claimed.
   *
   * @return false if it is reserved or runs here already
   */
  boolean reserve(RunningAttempt key) {
    if (!reserved.add(key)) {
      return false;
    }
    // In this order: an attempt is added before its reservation ends.
    if (attempts.containsKey(key)) {
      reserved.remove(key);
      return false;
    }
    return true;
  }

  /** Ends the reservation of an attempt that was not claimed here. */
  void release(RunningAttempt key) {
    reserved.remove(key);
    tellIfNone();
  }

  /** The reserved attempt is claimed. */
  void add(Attempt attempt) {
    attempts.put(attempt.key(), attempt);
    reserved.remove(attempt.key());
  }

  void remove(Attempt attempt) {
    attempts.remove(attempt.key(), attempt);
    tellIfNone();
  }

  /** How many are running; those that are only reserved are not counted. */
  int size() {
    return attempts.size();
  }

  /**
   * Waits until none is left, reserved ones among them: a claim that is under way may still lead to
   * a run.
   *
   * @return whether that was so within the time
   */
  synchronized boolean awaitNone(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    try {
      while (!isEmpty()) {
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

  private boolean isEmpty() {
    // In this order: an attempt is added before its reservation ends.
    return reserved.isEmpty() && attempts.isEmpty();
  }

  private void tellIfNone() {
    if (isEmpty()) {
      synchronized (this) {
        notifyAll();
      }
    }
  }

  /**
   * Ends the attempts whose time is up, lets go of the deliveries of long ones, and tells of
   * handlers that do not heed their end.
   */
  void tick() {
    stopped.tick();
    for (Attempt attempt : attempts.values()) {
      if (attempt.remaining().isZero()) {
        stop(attempt, attempt.timedOut());
      } else if (attempt.age().compareTo(holdDelivery) >= 0) {
        attempt.delivery().acknowledge();
      }
    }
  }

  /** Ends attempts that the ledger has taken from this worker; their outcomes will be refused. */
  void revoke(List<RunningAttempt> revoked) {
    for (RunningAttempt key : revoked) {
      Attempt attempt = attempts.get(key);
      if (attempt != null) {
        stop(attempt, Outcome.fail("The attempt was revoked."));
      }
    }
  }

  private void stop(Attempt attempt, Outcome reason) {
    if (attempt.stop(reason)) {
      stopped.add(attempt);
    }
  }

  /** How many handlers go on although their attempt was ended a while ago. */
  int overstaying() {
    return stopped.overstaying();
  }

  /**
   * Fails the tasks whose handlers have called {@code System.exit}, for good: handed back like the
   * others they would end one worker after the other.
   */
  void failWhoCalledExit() {
    attempts.values().stream()
        .filter(Attempt::hasCalledExit)
        .forEach(attempt ->
            attempt.stop(
                Outcome.failPermanently(
                    "The handler called System.exit, which stopped its worker and all that ran"
                        + " there. A handler returns an outcome or throws.")));
  }

  /**
   * Ends all attempts without an outcome, because the worker stops.
   *
   * @return those that had not ended; they stay until they are removed
   */
  List<Attempt> giveUp() {
    return attempts.values().stream().filter(Attempt::giveUp).toList();
  }
}
