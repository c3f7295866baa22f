package io.legwork.bench.client;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Says when each request is to start. In an open loop the times are fixed beforehand: a system that
 * is slow does not get fewer requests, and their latency counts from when they should have been
 * sent (no coordinated omission). Thread-safe.
 */
final class Pace {

  /** No request any more. */
  static final long OVER = Long.MIN_VALUE;

  private final long start;
  private final long duration;
  private final long interval;
  private final long most;
  private final AtomicLong next = new AtomicLong();

  private Pace(long start, long duration, long interval, long most) {
    this.start = start;
    this.duration = duration;
    this.interval = interval;
    this.most = most;
  }

  /**
   * A pace that begins at a time of {@link System#nanoTime}.
   *
   * @param perSecond requests per second; 0 for each as soon as there is somebody to send it
   */
  static Pace of(long start, double seconds, double perSecond, long most) {
    long interval = perSecond == 0 ? 0 : Math.max(1, Math.round(1e9 / perSecond));
    return new Pace(start, Math.round(seconds * 1e9), interval, most);
  }

  /** The intended start of the next request, or {@link #OVER}; each is given to one caller. */
  long next(long now) {
    long index = next.getAndIncrement();
    long offset = interval == 0 ? Math.max(0, now - start) : index * interval;
    return index >= most || offset >= duration ? OVER : start + offset;
  }
}
