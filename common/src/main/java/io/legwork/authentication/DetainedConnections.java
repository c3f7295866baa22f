package io.legwork.authentication;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Releases connections when they have been detained long enough. One thread does so for all of
 * them, and never waits for one. Thread-safe.
 */
final class DetainedConnections implements AutoCloseable {

  private final Semaphore room;
  private final Duration time;
  private final ScheduledThreadPoolExecutor timer;

  /**
   * @param most how many there may be at the same time; further ones are not kept, or they would be
   *     all the connections that the server takes
   */
  DetainedConnections(int most, Duration time) {
    this.room = new Semaphore(most);
    this.time = time;
    this.timer =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("detention").factory());
    // Who leaves early leaves nothing behind.
    timer.setRemoveOnCancelPolicy(true);
  }

  /**
   * Has a connection released after the time.
   *
   * @return what is to be {@link #forget forgotten} when the connection ends, whatever for; null if
   *     there is no room for it
   */
  @Nullable Future<?> admit(DetainedConnection connection) {
    if (!room.tryAcquire()) {
      return null;
    }
    try {
      return timer.schedule(connection::release, time.toNanos(), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException stopped) {
      room.release();
      return null;
    }
  }

  /** Gives the room of a connection that was admitted to others. To be called once. */
  void forget(Future<?> release) {
    release.cancel(false);
    room.release();
  }

  /** For how many there is room besides those that are detained. */
  int room() {
    return room.availablePermits();
  }

  /** Releases no more; the web server, which stops before, closes them. */
  @Override
  public void close() {
    timer.shutdownNow();
  }
}
