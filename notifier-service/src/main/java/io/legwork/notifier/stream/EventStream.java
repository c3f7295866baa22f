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
  private List<Frame> waiting = new ArrayList<>();
  private boolean closed;
  private boolean overrun;

  EventStream(EventFilter filter, int capacity) {
    this.filter = filter;
    this.capacity = capacity;
  }

  EventFilter filter() {
    return filter;
  }

  /**
   * Adds those that concern the reader. A reader for whom too many are waiting is cut off.
   *
   * @return whether the stream goes on
   */
  synchronized boolean offer(List<Frame> frames) {
    int before = waiting.size();
    for (Frame frame : frames) {
      if (!closed && (frame.isFor(filter) || frame.ends(filter))) {
        add(frame);
      }
    }
    if (waiting.size() > before) {
      notifyAll();
    }
    return !closed;
  }

  private void add(Frame frame) {
    if (waiting.size() >= capacity) {
      overrun = true;
      close();
    } else {
      waiting.add(frame);
    }
  }

  /**
   * Takes the events that wait.
   *
   * @param patience how long to wait for the first one
   * @return in order; empty if none came or the stream is closed
   */
  synchronized List<Frame> take(Duration patience) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (waiting.isEmpty() && !closed) {
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        break;
      }
      wait(left / 1_000_000, (int) (left % 1_000_000));
    }
    List<Frame> taken = waiting;
    waiting = new ArrayList<>();
    return taken;
  }

  /** Ends the stream; what waits is dropped, for the reader to ask for again. */
  synchronized void close() {
    closed = true;
    waiting = new ArrayList<>();
    notifyAll();
  }

  synchronized boolean isClosed() {
    return closed;
  }

  /** Whether it was closed because its reader was too slow. */
  synchronized boolean isOverrun() {
    return overrun;
  }
}
