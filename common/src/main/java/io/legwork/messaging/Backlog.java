package io.legwork.messaging;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What waits to be published, oldest first: what was under way when a connection broke, what is due
 * for another try, what is new.
 *
 * <p>{@link #offer}, {@link #settled}, {@link #refuseNew} and {@link #held} may be called by any
 * thread, the rest by the publishing thread only.
 */
final class Backlog {

  private record Retry(Pending pending, long dueAt) {}

  private final int capacity;
  private final AtomicInteger held = new AtomicInteger();
  private final Queue<Pending> fresh = new ConcurrentLinkedQueue<>();
  private final Deque<Pending> interrupted = new ArrayDeque<>();
  private final PriorityQueue<Retry> retries =
      new PriorityQueue<>(Comparator.comparingLong(Retry::dueAt));

  Backlog(int capacity) {
    this.capacity = capacity;
  }

  /** Takes a message unless the publisher holds as many as it may. */
  boolean offer(Pending pending) {
    if (held.incrementAndGet() > capacity) {
      held.decrementAndGet();
      return false;
    }
    fresh.add(pending);
    return true;
  }

  /** Makes room: the message's outcome is known. */
  void settled() {
    held.decrementAndGet();
  }

  /** How many messages have no outcome yet, those on their way included. */
  int held() {
    return held.get();
  }

  /** Puts back what was on its way when a connection broke, to be sent before all else. */
  void interrupted(Collection<Pending> pendings) {
    interrupted.addAll(pendings);
  }

  /** Puts a message back, to be sent again at the given time. */
  void retryAt(Pending pending, long dueAt) {
    retries.add(new Retry(pending, dueAt));
  }

  /** The next message to send, or null if nothing is due. */
  @Nullable Pending next(long now) {
    Pending first = interrupted.poll();
    if (first != null) {
      return first;
    }
    Retry retry = retries.peek();
    if (retry != null && retry.dueAt() - now <= 0) {
      retries.remove();
      return retry.pending();
    }
    return fresh.poll();
  }

  /** How long until something is due: zero if something is now, the limit if nothing is by then. */
  long nanosUntilDue(long now, long limit) {
    if (!interrupted.isEmpty() || !fresh.isEmpty()) {
      return 0;
    }
    Retry retry = retries.peek();
    return retry == null ? limit : Math.clamp(retry.dueAt() - now, 0, limit);
  }

  /** Gives up everything that waits. */
  void refuseAll() {
    interrupted.forEach(this::refuse);
    interrupted.clear();
    retries.forEach(retry -> refuse(retry.pending()));
    retries.clear();
    refuseNew();
  }

  /** Gives up what was offered and not taken yet. */
  void refuseNew() {
    for (Pending pending = fresh.poll(); pending != null; pending = fresh.poll()) {
      refuse(pending);
    }
  }

  private void refuse(Pending pending) {
    held.decrementAndGet();
    pending.outcome().completeExceptionally(new PublisherClosedException());
  }
}
