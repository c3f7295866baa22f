package io.legwork.process;

import io.legwork.messaging.ConfirmedPublisher;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.SpringApplication.AbandonedRunException;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.core.Ordered;

/**
 * The last step of a start: waits for the ledger, for as long as it takes. Until it is over the
 * service lives, tells in its health what is missing, and is not ready. A broker that answers but
 * does not suit ends the start; one that does not answer yet is a matter of health alone, since
 * accepting tasks does not need it (guarantee G2).
 */
final class Start implements ApplicationRunner, ApplicationListener<ContextClosedEvent>, Ordered {

  private static final Duration PAUSE = Duration.ofMillis(500);

  /** More than a connection takes to be made or refused. */
  private static final Duration FIRST_ANSWER = Duration.ofSeconds(10);

  private final LedgerStart ledger;
  private final ConfirmedPublisher publisher;
  private final CountDownLatch stopped = new CountDownLatch(1);

  Start(LedgerStart ledger, ConfirmedPublisher publisher) {
    this.ledger = ledger;
    this.publisher = publisher;
  }

  /**
   * Returns when the service may become ready.
   *
   * @throws RuntimeException if it never can
   */
  @Override
  public void run(ApplicationArguments arguments) throws InterruptedException {
    while (!ledger.tryToOpen()) {
      if (stopped.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AbandonedRunException();
      }
    }
    publisher.awaitFirstAnswer(FIRST_ANSWER);
    RuntimeException fault = publisher.condition().fault();
    if (fault != null) {
      throw fault;
    }
  }

  @Override
  public void onApplicationEvent(ContextClosedEvent closed) {
    stopped.countDown();
  }

  @Override
  public int getOrder() {
    return HIGHEST_PRECEDENCE;
  }
}
