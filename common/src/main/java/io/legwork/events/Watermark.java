package io.legwork.events;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/** The bookkeeping behind {@link EventAnnouncer}, which explains it. Thread-safe. */
final class Watermark {

  private static final long NOTHING = Long.MAX_VALUE;

  /** A statement that may have committed events above the floor, until it must have ended. */
  private record Doubt(long floor, Instant ripeAt) {}

  private final TreeMap<Long, Integer> floors = new TreeMap<>();
  private final TreeSet<Long> outstanding = new TreeSet<>();
  private final Deque<Doubt> doubts = new ArrayDeque<>();
  private long knownMax;

  /** Some event above this one was left in the ledger, or nothing was. */
  private long leftAfter = NOTHING;

  /** The same, of what was left since the page under repair was asked for. */
  private long leftAfterMeanwhile = NOTHING;

  /** Whether new events are left in the ledger, too. */
  private boolean leaving;

  /** Up to which sequence every event of this process is confirmed. */
  synchronized long value() {
    long value = Math.min(knownMax, leftAfter);
    if (!floors.isEmpty()) {
      value = Math.min(value, floors.firstKey());
    }
    if (!outstanding.isEmpty()) {
      value = Math.min(value, outstanding.first() - 1);
    }
    for (Doubt doubt : doubts) {
      value = Math.min(value, doubt.floor());
    }
    return value;
  }

  /** The highest sequence that anybody told of. */
  synchronized long known() {
    return knownMax;
  }

  /** Opens a ticket and gives its floor. */
  synchronized long open() {
    floors.merge(knownMax, 1, Integer::sum);
    return knownMax;
  }

  synchronized void observed(long currentMax) {
    knownMax = Math.max(knownMax, currentMax);
  }

  /** Ends a ticket whose statement created events; tells whether they are to be published now. */
  synchronized boolean committed(long floor, Collection<Long> sequences) {
    close(floor);
    if (sequences.isEmpty()) {
      return false;
    }
    observed(Collections.max(sequences));
    if (leaving) {
      leave(Collections.min(sequences) - 1);
      return false;
    }
    outstanding.addAll(sequences);
    return true;
  }

  synchronized void abandoned(long floor) {
    close(floor);
  }

  /** Ends a ticket whose statement may commit until the given time. */
  synchronized void doubtful(long floor, Instant ripeAt) {
    close(floor);
    if (!doubts.isEmpty() && doubts.getLast().floor() == floor) {
      doubts.removeLast();
    }
    doubts.addLast(new Doubt(floor, ripeAt));
  }

  private void close(long floor) {
    floors.computeIfPresent(floor, (key, count) -> count == 1 ? null : count - 1);
  }

  /** An event read back from the ledger is about to be published. */
  synchronized void outstanding(long sequence) {
    outstanding.add(sequence);
  }

  synchronized void confirmed(List<TaskEvent> events) {
    remove(events);
  }

  private void remove(List<TaskEvent> events) {
    events.forEach(event -> outstanding.remove(event.sequence()));
  }

  /**
   * The publisher did not take these events: they stay in the ledger, and so do all that follow.
   *
   * @param events in order, all at once: a repair in between would make the value fall
   */
  synchronized void left(List<TaskEvent> events) {
    remove(events);
    leave(events.getFirst().sequence() - 1);
    leaving = true;
  }

  private void leave(long after) {
    leftAfter = Math.min(leftAfter, after);
    leftAfterMeanwhile = Math.min(leftAfterMeanwhile, after);
  }

  /** Has the events above a doubt's floor read back once its statement must have ended. */
  synchronized void ripen(Instant now) {
    while (!doubts.isEmpty() && !now.isBefore(doubts.getFirst().ripeAt())) {
      leave(doubts.removeFirst().floor());
    }
  }

  /** Whether something was left in the ledger. */
  synchronized boolean needsRepair() {
    return leftAfter != NOTHING;
  }

  /** Begins a page of the repair, and tells after which sequence it is to be read. */
  synchronized long beginPage() {
    leftAfterMeanwhile = NOTHING;
    return leftAfter;
  }

  /**
   * Notes how far the page was taken by the publisher.
   *
   * @param through the last sequence taken
   */
  synchronized void endPage(long through) {
    leftAfter = Math.min(through, leftAfterMeanwhile);
  }

  /**
   * Notes that the ledger had nothing more. New events are published directly from now on; what was
   * left until now was committed before, so one more look at the ledger finds it.
   */
  synchronized void caughtUp() {
    if (leaving) {
      leaving = false;
    } else if (leftAfterMeanwhile == NOTHING) {
      leftAfter = NOTHING;
    }
  }
}
