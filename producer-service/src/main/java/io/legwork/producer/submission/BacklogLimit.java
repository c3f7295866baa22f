package io.legwork.producer.submission;

import io.legwork.ledger.LedgerException;
import io.legwork.problems.ProblemException;
import io.legwork.problems.ProblemType;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongUnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bounds what is accepted while nothing can be published (guarantee G2). The queued tasks are
 * counted about once a second, and only then, so that a second's submissions may go over the limit.
 * Thread-safe.
 */
final class BacklogLimit implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(BacklogLimit.class);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  /** Counting takes at most this part of the time, however slow it is. */
  private static final int REST = 10;

  private final BooleanSupplier publishing;
  private final LongUnaryOperator queued;
  private final long limit;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread counter = Thread.ofVirtual().name("backlog-limit").unstarted(this::run);
  private volatile boolean reached;

  /**
   * @param publishing whether messages can be published now; asked for each submission
   * @param queued counts the queued tasks, no further than to a limit
   */
  BacklogLimit(BooleanSupplier publishing, LongUnaryOperator queued, long limit) {
    this.publishing = publishing;
    this.queued = queued;
    this.limit = limit;
    counter.start();
  }

  /**
   * Returns if another task may be accepted.
   *
   * @throws ProblemException if too many wait to be published
   */
  void requireRoom() {
    if (reached && !publishing.getAsBoolean()) {
      throw new ProblemException(
          ProblemType.BACKLOG_FULL,
          "the broker is away, and %,d tasks are waiting for it".formatted(limit));
    }
  }

  private void run() {
    try {
      Duration pause = PAUSE;
      while (!closed.await(pause.toNanos(), TimeUnit.NANOSECONDS)) {
        long start = System.nanoTime();
        look();
        Duration rest = Duration.ofNanos(System.nanoTime() - start).multipliedBy(REST);
        pause = rest.compareTo(PAUSE) > 0 ? rest : PAUSE;
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void look() {
    boolean before = reached;
    try {
      reached = !publishing.getAsBoolean() && queued.applyAsLong(limit) >= limit;
    } catch (LedgerException unreachable) {
      LOG.atDebug().addKeyValue("reason", unreachable.getMessage()).log("backlog.not_counted");
    }
    if (reached && !before) {
      LOG.atWarn()
          .addKeyValue("limit", limit)
          .log("backlog.full: tasks are refused until the broker is back");
    } else if (before && !reached) {
      LOG.info("backlog.has_room: tasks are accepted again");
    }
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
