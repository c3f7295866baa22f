package io.legwork.notifier.stream;

import io.legwork.events.TaskEvent;
import io.legwork.ledger.EventLog;
import io.legwork.ledger.LedgerException;
import io.legwork.notifier.stream.EventFilter.View;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads new events from the ledger, once for all streams, while there are any. Sequences grow in
 * the order of commits, so reading on from the latest one misses nothing. Thread-safe.
 */
public final class EventFollower {

  private static final Logger LOG = LoggerFactory.getLogger(EventFollower.class);
  private static final int PAGE = 500;

  /**
   * Many times of what it costs to hand something to a stream: with thousands of them events are
   * handed out in larger pieces and not ever later.
   */
  private static final Duration PER_STREAM = Duration.ofNanos(10_000);

  private final Set<EventStream> streams = new LinkedHashSet<>();
  private final Semaphore wake = new Semaphore(0);
  private final EventLog log;
  private final Duration interval;
  private final Thread thread = Thread.ofPlatform().name("event-follower").unstarted(this::run);
  private long position;
  private boolean failing;
  private volatile boolean stopped;

  /**
   * @param interval how often to look without having been woken
   */
  EventFollower(EventLog log, Duration interval) {
    this.log = log;
    this.interval = interval;
  }

  /** There may be new events: looks at once. Cheap, and never blocks. */
  public void wake() {
    if (wake.availablePermits() == 0) {
      wake.release();
    }
  }

  /**
   * Adds a stream.
   *
   * @return the sequence after which it is given everything
   */
  synchronized long join(EventStream stream) {
    if (streams.isEmpty()) {
      position = log.latest();
    }
    if (stopped) {
      stream.close();
    } else {
      streams.add(stream);
      wake();
    }
    return position;
  }

  synchronized void leave(EventStream stream) {
    streams.remove(stream);
  }

  void start() {
    thread.start();
  }

  /** Closes all streams. */
  void stop() {
    stopped = true;
    wake();
    synchronized (this) {
      streams.forEach(EventStream::close);
      streams.clear();
    }
  }

  private void run() {
    try {
      while (!stopped) {
        awaitWork();
        readNew();
        pause();
      }
    } catch (InterruptedException impatient) {
      stopped = true;
    }
  }

  private void awaitWork() throws InterruptedException {
    if (isIdle()) {
      wake.acquire();
    } else {
      var _ = wake.tryAcquire(interval.toNanos(), TimeUnit.NANOSECONDS);
    }
    wake.drainPermits();
  }

  private void pause() throws InterruptedException {
    TimeUnit.NANOSECONDS.sleep(PER_STREAM.toNanos() * open());
  }

  private void readNew() {
    try {
      int read = PAGE;
      while (read == PAGE && !isIdle()) {
        long from = position();
        List<TaskEvent> page = log.after(from, PAGE);
        publish(from, page);
        read = page.size();
      }
      failing = false;
    } catch (LedgerException unreachable) {
      if (!failing) {
        LOG.atWarn().addKeyValue("reason", unreachable.getMessage()).log("streams.delayed");
      }
      failing = true;
    }
  }

  /** A page that was read for streams that have left is of no use to those that came after. */
  private synchronized void publish(long from, List<TaskEvent> page) {
    if (page.isEmpty() || position != from) {
      return;
    }
    position = page.getLast().sequence();
    List<Frame> frames = page.stream().map(Frame::of).toList();
    Map<View, Portion> portions = new HashMap<>();
    streams.removeIf(stream -> !stream.offer(portion(portions, frames, stream.filter())));
  }

  /** Thousands of readers have a few views: what each shows is put together once. */
  private static Portion portion(
      Map<View, Portion> portions, List<Frame> frames, EventFilter filter) {
    return portions.computeIfAbsent(filter.view(), _ -> Portion.of(frames, filter));
  }

  private boolean isIdle() {
    return open() == 0;
  }

  private synchronized int open() {
    return streams.size();
  }

  private synchronized long position() {
    return position;
  }
}
