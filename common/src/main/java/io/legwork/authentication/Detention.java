package io.legwork.authentication;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;

/**
 * Keeps requests waiting for their refusal, with their threads: those whose connections cannot be
 * {@linkplain DetainedConnections detained without}. Nothing is read from a connection whose
 * request waits, so that who guesses keys over a few connections is slowed down to a few guesses a
 * second, however many they are ready to send, and at no cost. That holds for a connection and not
 * for an address: behind a proxy right keys come from the same one, over other connections or, a
 * moment later, the same. Thread-safe.
 */
final class Detention {

  private final Semaphore room;
  private final Duration time;

  /**
   * @param most how many may wait at the same time, each with its buffers; further ones are not
   *     kept, or they would take the connections of those who have a right key
   */
  Detention(int most, Duration time) {
    this.room = new Semaphore(most);
    this.time = time;
  }

  /** Returns after the time, or at once if there is no room or only a thread that others need. */
  void keep() {
    if (!Thread.currentThread().isVirtual() || !room.tryAcquire()) {
      return;
    }
    try {
      waitUntil(System.nanoTime() + time.toNanos());
    } finally {
      room.release();
    }
  }

  private static void waitUntil(long end) {
    long left = end - System.nanoTime();
    while (left > 0 && !Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(left);
      left = end - System.nanoTime();
    }
  }
}
