package io.legwork.producer.fairuse;

import io.legwork.ledger.LedgerException;
import io.legwork.ledger.TenantLimits;
import io.legwork.problems.ProblemException;
import io.legwork.problems.ProblemType;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What one tenant may use and how many tasks it has open, as it was about a second ago while it
 * submits. A ledger that does not answer holds up nobody who submits: what was known goes on being
 * taken for true. Thread-safe.
 */
final class TenantUse {

  private static final long FRESH = Duration.ofSeconds(1).toNanos();

  /** What is older is not taken for true before the ledger had a chance to say otherwise. */
  private static final long OLD = Duration.ofSeconds(10).toNanos();

  private static final Duration CHANCE = Duration.ofMillis(100);

  /** Without knowing anything, nobody can be let in. */
  private static final Duration FIRST_CHANCE = Duration.ofMillis(1_500);

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
   * @throws ProblemException if they were never read and cannot be
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
    long age = last == null ? Long.MAX_VALUE : nanoTime.getAsLong() - last.at();
    if (last != null && (age < FRESH || reading.isLocked())) {
      return last;
    }
    Thread reader = Thread.ofVirtual().name("limits").start(() -> readAside(last));
    if (age >= OLD) {
      await(reader, last == null ? FIRST_CHANCE : CHANCE);
    }
    Known now = known;
    if (now == null) {
      throw new ProblemException(
          ProblemType.LEDGER_UNAVAILABLE, "the database did not answer in time");
    }
    return now;
  }

  private static void await(Thread reader, Duration chance) {
    try {
      var _ = reader.join(chance);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /** One reads at a time, and nobody what somebody has just read. */
  private void readAside(@Nullable Known last) {
    reading.lock();
    try {
      if (Objects.equals(last, known)) {
        known = read();
      }
    } catch (LedgerException unreachable) {
      known = last == null ? null : new Known(last.limits(), last.open(), nanoTime.getAsLong());
    } finally {
      reading.unlock();
    }
  }

  private Known read() {
    TenantLimits limits = source.limits();
    int counted = since.get();
    int open = limits.openTasks() == null ? 0 : source.openTasks(limits.openTasks() + 1);
    since.addAndGet(-counted);
    return new Known(limits, open, nanoTime.getAsLong());
  }
}
