package io.legwork.notifier.delivery;

import io.legwork.batching.Batcher;
import io.legwork.batching.BatcherFullException;
import io.legwork.ledger.DeliveryAttempt;
import io.legwork.ledger.DeliveryOutcome;
import io.legwork.ledger.DeliveryState;
import io.legwork.ledger.LeasedDelivery;
import io.legwork.notifier.delivery.Answer.Answered;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes single attempts and records what came of them. Thread-safe.
 *
 * <p>At least once: what was sent but could not be recorded while the lease lasted is sent again,
 * with the same id.
 */
final class DeliveryAttempts {

  private static final Logger LOG = LoggerFactory.getLogger(DeliveryAttempts.class);
  private static final Duration PAUSE = Duration.ofMillis(500);

  private final WebhookClient client;
  private final RetrySchedule schedule;
  private final Batcher<DeliveryOutcome, Boolean> outcomes;
  private final DeliveryMetrics metrics;
  private final InstantSource clock;

  DeliveryAttempts(
      WebhookClient client,
      RetrySchedule schedule,
      Batcher<DeliveryOutcome, Boolean> outcomes,
      DeliveryMetrics metrics,
      InstantSource clock) {
    this.client = client;
    this.schedule = schedule;
    this.outcomes = outcomes;
    this.metrics = metrics;
    this.clock = clock;
  }

  /**
   * Makes an attempt.
   *
   * @param leaseEnd until when it is worthwhile to try to record it
   */
  void make(LeasedDelivery delivery, Instant leaseEnd) throws InterruptedException {
    Instant at = clock.instant();
    Answer answer = client.send(delivery);
    Duration duration = Duration.between(at, clock.instant());
    Verdict verdict = Verdict.on(answer, delivery.attempts() + 1, schedule);
    metrics.attempted(verdict.outcome(), duration);
    tell(delivery, verdict);
    record(
        new DeliveryOutcome(
            delivery.id(),
            verdict.state(),
            verdict.delay(),
            new DeliveryAttempt(at, duration, status(answer), verdict.error(), said(answer))),
        leaseEnd);
  }

  private void record(DeliveryOutcome outcome, Instant leaseEnd) throws InterruptedException {
    while (!isRecorded(outcome)) {
      if (clock.instant().isAfter(leaseEnd)) {
        LOG.atWarn().addKeyValue("delivery", outcome.delivery()).log("delivery.unrecorded");
        return;
      }
      Thread.sleep(PAUSE);
    }
  }

  private boolean isRecorded(DeliveryOutcome outcome) {
    try {
      var _ = outcomes.submit(outcome).join();
      return true;
    } catch (CompletionException | BatcherFullException later) {
      LOG.atDebug().addKeyValue("delivery", outcome.delivery()).log("delivery.record.failed");
      return false;
    }
  }

  private static void tell(LeasedDelivery delivery, Verdict verdict) {
    if (verdict.state() == DeliveryState.EXHAUSTED || verdict.state() == DeliveryState.DISABLED) {
      LOG.atWarn()
          .addKeyValue("delivery", delivery.id())
          .addKeyValue("endpoint", delivery.endpoint())
          .addKeyValue("attempts", delivery.attempts() + 1)
          .addKeyValue("reason", verdict.error())
          .log("delivery." + verdict.outcome());
    }
  }

  private static @Nullable Integer status(Answer answer) {
    return answer instanceof Answered answered ? answered.status() : null;
  }

  private static @Nullable String said(Answer answer) {
    return answer instanceof Answered answered ? answered.body() : null;
  }
}
