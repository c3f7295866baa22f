package io.legwork.messaging;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Takes the broker's answers on the reading thread, counts them and hands failures on. */
final class Answers implements PublishSession.Listener {

  private final Backlog backlog;
  private final Declarations declarations;
  private final Runnable wake;
  private final Queue<Pending> failed = new ConcurrentLinkedQueue<>();
  private final LongAdder confirmed = new LongAdder();
  private final LongAdder nacked = new LongAdder();
  private final LongAdder returned = new LongAdder();
  private final LongAdder republished = new LongAdder();
  private final LongAdder timedOut = new LongAdder();
  private final long patience;
  private volatile boolean refusedForLong;
  private volatile long renewedAt = System.nanoTime();

  /**
   * @param patience how long a message may be refused, and how old a channel must be, before the
   *     channel is suspected
   */
  Answers(Backlog backlog, Declarations declarations, Duration patience, Runnable wake) {
    this.backlog = backlog;
    this.declarations = declarations;
    this.patience = patience.toNanos();
    this.wake = wake;
  }

  @Override
  public void confirmed(Pending pending) {
    confirmed.increment();
    backlog.settled();
    pending.outcome().complete(null);
  }

  @Override
  public void nacked(Pending pending) {
    nacked.increment();
    long now = System.nanoTime();
    if (pending.refused(now) > patience && now - renewedAt > patience) {
      refusedForLong = true;
    }
    failed.add(pending);
    wake.run();
  }

  @Override
  public void returned(Pending pending) {
    returned.increment();
    declarations.doubt();
    failed.add(pending);
    wake.run();
  }

  @Override
  public void changed() {
    wake.run();
  }

  /** The messages that must be sent again, each given once. */
  List<Pending> takeFailed() {
    List<Pending> taken = new ArrayList<>();
    for (Pending pending = failed.poll(); pending != null; pending = failed.poll()) {
      taken.add(pending);
    }
    return taken;
  }

  /** Whether the broker goes on refusing what it has refused long ago. */
  boolean isRefusedForLong() {
    return refusedForLong;
  }

  /** To be called with each new channel. */
  void renewed() {
    renewedAt = System.nanoTime();
    refusedForLong = false;
  }

  void republished() {
    republished.increment();
  }

  void timedOut() {
    timedOut.increment();
  }

  PublisherStatus status(
      boolean connected, boolean blocked, int buffered, int unconfirmed, @Nullable String problem) {
    return new PublisherStatus(
        connected,
        blocked,
        buffered,
        unconfirmed,
        confirmed.sum(),
        nacked.sum(),
        returned.sum(),
        republished.sum(),
        timedOut.sum(),
        problem);
  }
}
