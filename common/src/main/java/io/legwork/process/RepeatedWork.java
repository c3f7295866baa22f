package io.legwork.process;

import io.legwork.ledger.LedgerException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does something again and again on a thread of its own: at once while there is more to do,
 * otherwise after a pause. A failure is logged when it begins and when it is over, and never ends
 * the work. Thread-safe.
 */
public final class RepeatedWork {

  private static final Logger LOG = LoggerFactory.getLogger(RepeatedWork.class);

  private final String name;
  private final Duration pause;
  private final Work work;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Thread thread;
  private boolean failing;

  /** One round. */
  @FunctionalInterface
  public interface Work {

    /** Does a round and says whether there is more to do at once. */
    boolean round();
  }

  private RepeatedWork(String name, Duration pause, Work work) {
    this.name = name;
    this.pause = pause;
    this.work = work;
    this.thread = Thread.ofPlatform().name(name).start(this::run);
  }

  /**
   * Begins at once.
   *
   * @param name names the thread, and the work in the log
   * @param pause how long to wait after a round that left nothing to do, or failed
   */
  public static RepeatedWork start(String name, Duration pause, Work work) {
    return new RepeatedWork(name, pause, work);
  }

  /** Ends after the round under way. */
  public void stop() {
    stopped.countDown();
    try {
      thread.join(Duration.ofSeconds(10));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      while (stopped.getCount() > 0) {
        if (!round()) {
          stopped.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        }
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean round() {
    try {
      boolean more = work.round();
      if (failing) {
        LOG.info("{} works again", name);
      }
      failing = false;
      return more;
    } catch (LedgerException unreachable) {
      if (!failing) {
        LOG.atWarn()
            .addKeyValue("reason", unreachable.getMessage())
            .log("{} cannot work; it goes on trying every {} ms", name, pause.toMillis());
      }
      failing = true;
    } catch (RuntimeException unexpected) {
      LOG.error("{} failed; it goes on", name, unexpected);
    }
    return false;
  }
}
