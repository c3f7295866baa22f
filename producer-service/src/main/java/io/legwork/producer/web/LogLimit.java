package io.legwork.producer.web;

import java.util.concurrent.atomic.AtomicLong;

/** Lets one log line a second pass, so that an outage under load does not fill a disk. */
final class LogLimit {

  private static final long INTERVAL = 1_000_000_000L;

  private final AtomicLong next = new AtomicLong(System.nanoTime());

  /** Whether a line may be written now. */
  boolean allows() {
    long now = System.nanoTime();
    long due = next.get();
    return now - due >= 0 && next.compareAndSet(due, now + INTERVAL);
  }
}
