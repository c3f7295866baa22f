package io.legwork.notifier.delivery;

import io.legwork.ledger.DeliveryDays;
import io.legwork.ledger.LedgerException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Drops the deliveries of days whose retention is over, and prepares the days to come. */
final class Retention {

  private static final Logger LOG = LoggerFactory.getLogger(Retention.class);
  private static final Duration INTERVAL = Duration.ofHours(1);
  private static final Duration PAUSE = Duration.ofSeconds(10);

  private final DeliveryDays days;
  private final Duration kept;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Thread thread = Thread.ofVirtual().name("retention").unstarted(this::run);

  /**
   * @param kept how long deliveries are kept
   */
  Retention(DeliveryDays days, Duration kept) {
    this.days = days;
    this.kept = kept;
  }

  void start() {
    thread.start();
  }

  void stop() throws InterruptedException {
    stopped.countDown();
    thread.join();
  }

  private void run() {
    try {
      Duration wait = Duration.ZERO;
      while (!stopped.await(wait.toMillis(), TimeUnit.MILLISECONDS)) {
        wait = isKept() ? INTERVAL : PAUSE;
      }
    } catch (InterruptedException impatient) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean isKept() {
    try {
      int dropped = days.keep(kept);
      if (dropped > 0) {
        LOG.atInfo().addKeyValue("days", dropped).log("deliveries.dropped");
      }
      return true;
    } catch (LedgerException unreachable) {
      LOG.atWarn().addKeyValue("reason", unreachable.getMessage()).log("retention.delayed");
      return false;
    }
  }
}
