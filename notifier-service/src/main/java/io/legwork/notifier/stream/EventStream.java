package io.legwork.notifier.stream;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The events on their way to one reader: filled by the follower, emptied by the thread that writes
 * to the reader. Thread-safe.
 */
final class EventStream {

  private final EventFilter filter;
  private final int capacity;
  private final Runnable whenOffered;
  private List<Portion> waiting = new ArrayList<>();
  private int events;
  private boolean closed;
  private boolean overrun;

  /**
   * @param capacity how many events may wait for the reader
   * @param whenOffered is called when something waits, and at the end; must not block
   */
  EventStream(EventFilter filter, int capacity, Runnable whenOffered) {
    this.filter = filter;
    this.capacity = capacity;
    this.whenOffered = whenOffered;
  }

  EventFilter filter() {
    return filter;
  }

  /**
   * Adds what concerns the reader. A reader for whom too much is waiting is cut off.
   *
   * @return whether the stream goes on
   */
  synchronized boolean offer(Portion portion) {
    if (closed || portion.size() == 0) {
      return !closed;
    }
    if (events + portion.size() > capacity) {
      cut();
      return false;
    }
    events += portion.size();
    waiting.add(portion);
    notifyAll();
    whenOffered.run();
    return true;
  }

  /**
   * Takes the events that wait.
   *
   * @param patience how long to wait for the first one
   * @return in order; empty if none came or the stream is closed
   */
  synchronized List<Portion> take(Duration patience) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (waiting.isEmpty() && !closed) {
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        break;
      }
      wait(left / 1_000_000, (int) (left % 1_000_000));
    }
    return poll();
  }

  /** Takes the events that wait now; empty if there are none. */
  synchronized List<Portion> poll() {
    if (waiting.isEmpty()) {
      return List.of();
    }
    List<Portion> taken = waiting;
    waiting = new ArrayList<>();
    events = 0;
    return taken;
  }

  /** Ends the stream because its reader is too slow. */
  synchronized void cut() {
    overrun = true;
    close();
  }

  /** Ends the stream; what waits is dropped, for the reader to ask for again. */
  synchronized void close() {
    closed = true;
    waiting = new ArrayList<>();
    notifyAll();
    whenOffered.run();
  }

  synchronized boolean isClosed() {
    return closed;
  }

  /** Whether it was closed because its reader was too slow. */
  synchronized boolean isOverrun() {
    return overrun;
  }
}
