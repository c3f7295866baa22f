package io.legwork.worker.execution;

import io.legwork.ledger.HandBacks;
import io.legwork.ledger.LedgerException;
import io.legwork.ledger.QueuedTask;
import io.legwork.messaging.ConfirmedPublisher;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives the tasks that still run when the grace of a stop is over to the other workers at once,
 * without charging the attempt (guarantee G11).
 */
final class HandBack {

  private static final Logger LOG = LoggerFactory.getLogger(HandBack.class);
  private static final Duration CONFIRM = Duration.ofSeconds(3);

  private final HandBacks ledger;
  private final ConfirmedPublisher publisher;
  private final RunningAttempts running;

  HandBack(HandBacks ledger, ConfirmedPublisher publisher, RunningAttempts running) {
    this.ledger = ledger;
    this.publisher = publisher;
    this.running = running;
  }

  /** Ends what runs and gives it back. */
  void run() {
    List<Attempt> cut = running.giveUp();
    if (cut.isEmpty()) {
      return;
    }
    try {
      List<QueuedTask> queued = ledger.handBack(cut.stream().map(Attempt::key).toList());
      publish(queued);
      cut.forEach(attempt -> attempt.delivery().acknowledge());
      LOG.atInfo().addKeyValue("tasks", queued.size()).log("tasks.handed_back");
    } catch (LedgerException unavailable) {
      LOG.atWarn()
          .addKeyValue("tasks", cut.size())
          .addKeyValue("reason", unavailable.getMessage())
          .log("tasks.not_handed_back: other workers take them over once this one is silent");
    }
    cut.forEach(running::remove);
  }

  /** A message that is not confirmed in time is published by the sweeper. */
  private void publish(List<QueuedTask> queued) {
    CompletableFuture<?>[] published =
        queued.stream()
            .map(task ->
                publisher.publish(task.reference().toMessage(task.queue(), task.priority())))
            .toArray(CompletableFuture<?>[]::new);
    try {
      CompletableFuture.allOf(published).get(CONFIRM.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException unconfirmed) {
      LOG.atInfo()
          .addKeyValue("reason", unconfirmed.getMessage())
          .log("tasks.handed_back without their messages; the sweeper publishes them");
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
