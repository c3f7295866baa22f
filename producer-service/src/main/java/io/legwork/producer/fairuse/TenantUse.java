package io.legwork.producer.fairuse;

import io.legwork.ledger.LedgerException;
import io.legwork.ledger.TenantLimits;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What one tenant may use and how many tasks it has open, as it was at most a second ago while it
 * submits. Thread-safe.
 */
final class TenantUse {

  private static final long FRESH = Duration.ofSeconds(1).toNanos();

  private final Source source;
  private final LongSupplier nanoTime;
  private final ReentrantLock reading = new ReentrantLock();

  /** Submitted here since the tasks were counted. */
  private final AtomicInteger since = new AtomicInteger();

  private volatile @Nullable Known known;

  /** What the ledger says about the tenant. */
  interface Source {
    TenantLimits limits();

    int openTasks(int atMost);
  }

  private record Known(TenantLimits limits, int open, long at) {}

  TenantUse(Source source, LongSupplier nanoTime) {
    this.source = source;
    this.nanoTime = nanoTime;
  }

  /**
   * Its limits.
   *
   * @throws LedgerException if they were never read and cannot be
   */
  TenantLimits limits() {
    return known().limits();
  }

  /** Notes that tasks are submitted, unless there would be more open ones than the limit. */
  boolean open(int tasks, int limit) {
    if (known().open() + since.addAndGet(tasks) <= limit) {
      return true;
    }
    since.addAndGet(-tasks);
    return false;
  }

  private Known known() {
    Known last = known;
    if (last == null) {
      reading.lock();
      try {
        return known == null ? read() : known;
      } finally {
        reading.unlock();
      }
    }
    return nanoTime.getAsLong() - last.at() < FRESH ? last : readAgain(last);
  }

  /** One reads, and the others go on with what they know, as all do if it cannot be read. */
  private Known readAgain(Known last) {
    if (!reading.tryLock()) {
      return last;
    }
    try {
      return read();
    } catch (LedgerException unreachable) {
      return last;
    } finally {
      reading.unlock();
    }
  }

  private Known read() {
    TenantLimits limits = source.limits();
    int counted = since.get();
    int open = limits.openTasks() == null ? 0 : source.openTasks(limits.openTasks() + 1);
    since.addAndGet(-counted);
    Known now = new Known(limits, open, nanoTime.getAsLong());
    known = now;
    return now;
  }
}
