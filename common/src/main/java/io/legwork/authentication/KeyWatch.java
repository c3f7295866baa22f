package io.legwork.authentication;

import io.legwork.ledger.LedgerDataSource;
import io.legwork.ledger.LedgerDataSource.Limit;
import io.legwork.ledger.LedgerException;
import io.legwork.process.RepeatedWork;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Keeps the book of keys up to date, and writes down now and then which of them were used. */
final class KeyWatch implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(KeyWatch.class);

  /** Often enough that one look may fail before the book is too old. */
  private static final Duration PAUSE = Duration.ofSeconds(1);

  /** A database that hangs is asked again in time. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final KeyBook book;
  private final Duration usageInterval;
  private final boolean closed;
  private long usageWritten = System.nanoTime();
  private @Nullable RepeatedWork work;

  /**
   * @param closed whether anybody is asked for a key; where nobody is, nothing is watched
   */
  KeyWatch(KeyBook book, Duration usageInterval, boolean closed) {
    this.book = book;
    this.usageInterval = usageInterval;
    this.closed = closed;
  }

  @Override
  public boolean isAutoStartup() {
    return closed;
  }

  @Override
  public void start() {
    work = RepeatedWork.start("key-watch", PAUSE, this::round);
  }

  private boolean round() {
    try (Limit _ = LedgerDataSource.limit(PATIENCE)) {
      book.look();
      if (System.nanoTime() - usageWritten >= usageInterval.toNanos()) {
        book.writeUse();
        usageWritten = System.nanoTime();
      }
    }
    return false;
  }

  @Override
  public void stop() {
    RepeatedWork running = work;
    work = null;
    if (running != null) {
      running.stop();
      try (Limit _ = LedgerDataSource.limit(PATIENCE)) {
        book.writeUse();
      } catch (LedgerException unreachable) {
        LOG.atDebug().addKeyValue("reason", unreachable.getMessage()).log("keys.use_not_written");
      }
    }
  }

  @Override
  public boolean isRunning() {
    return work != null;
  }

  /** Before the first request, and until the last one. */
  @Override
  public int getPhase() {
    return Integer.MIN_VALUE + 200;
  }
}
