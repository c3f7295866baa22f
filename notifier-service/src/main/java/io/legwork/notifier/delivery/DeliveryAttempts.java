package io.legwork.notifier.delivery;

import io.legwork.batching.Batcher;
import io.legwork.batching.BatcherFullException;
import io.legwork.ledger.DeliveryAttempt;
import io.legwork.ledger.DeliveryOutcome;
import io.legwork.ledger.DeliveryState;
import io.legwork.ledger.LeasedDelivery;
import io.legwork.notifier.delivery.Answer.Answered;
import io.legwork.notifier.delivery.Answer.Impossible;
import io.legwork.notifier.delivery.Endpoints.Place;
import io.legwork.notifier.subscription.SubscriptionHealth;
import io.legwork.subscription.Subscription;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletionException;
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

  private final Channels channels;
  private final Destinations destinations;
  private final RetrySchedule schedule;
  private final Batcher<DeliveryOutcome, Boolean> outcomes;
  private final SubscriptionHealth health;
  private final DeliveryMetrics metrics;
  private final DeliverySpans spans;
  private final InstantSource clock;

  DeliveryAttempts(
      Channels channels,
      Destinations destinations,
      RetrySchedule schedule,
      Batcher<DeliveryOutcome, Boolean> outcomes,
      SubscriptionHealth health,
      DeliveryMetrics metrics,
      DeliverySpans spans,
      InstantSource clock) {
    this.channels = channels;
    this.destinations = destinations;
    this.schedule = schedule;
    this.outcomes = outcomes;
    this.health = health;
    this.metrics = metrics;
    this.spans = spans;
    this.clock = clock;
  }

  /** An attempt that was made and is not recorded yet. */
  record Made(
      List<LeasedDelivery> deliveries, String channel, Sent sent, Instant at, Duration duration) {}

  /**
   * Makes an attempt, which is to be recorded.
   *
   * @param deliveries several to the same mailbox, otherwise one
   */
  Made make(List<LeasedDelivery> deliveries, Place place) throws InterruptedException {
    Instant at = clock.instant();
    Destination destination = destinations.of(deliveries.getFirst());
    List<LeasedDelivery> traced = spans.begin(deliveries);
    Sent sent = channels.send(traced, destination);
    Duration duration = Duration.between(at, clock.instant());
    report(sent.answer(), place);
    Made made = new Made(deliveries, Channels.name(destination), sent, at, duration);
    spans.end(made, traced, destination);
    return made;
  }

  /**
   * Records what came of an attempt.
   *
   * @param leaseEnd until when it is worthwhile to try
   */
  void record(Made made, Instant leaseEnd) throws InterruptedException {
    for (LeasedDelivery delivery : made.deliveries()) {
      Verdict verdict = Verdict.on(made.sent().answer(), delivery.attempts() + 1, schedule);
      metrics.attempted(made.channel(), verdict.outcome(), made.duration());
      tell(delivery, verdict);
      record(outcome(delivery, verdict, made), leaseEnd);
    }
    judge(made.deliveries().getFirst(), made.sent().answer());
  }

  private static DeliveryOutcome outcome(LeasedDelivery delivery, Verdict verdict, Made made) {
    Answered answered = made.sent().answer() instanceof Answered it ? it : null;
    return new DeliveryOutcome(
        delivery.id(),
        verdict.state(),
        verdict.delay(),
        new DeliveryAttempt(
            made.at(),
            made.duration(),
            answered == null ? null : answered.status(),
            verdict.error(),
            made.sent().request(),
            answered == null ? null : answered.head(),
            answered == null ? null : answered.body()));
  }

  private static void report(Answer answer, Place place) {
    if (answer instanceof Impossible) {
      return;
    }
    if (Verdict.isSuccess(answer)) {
      place.succeeded();
    } else {
      place.failed(Verdict.throttle(answer));
    }
  }

  private void judge(LeasedDelivery delivery, Answer answer) {
    Subscription subscription = destinations.subscription(delivery).orElse(null);
    if (subscription == null || answer instanceof Impossible) {
      return;
    }
    if (Verdict.isSuccess(answer)) {
      health.succeeded(subscription);
    } else if (Verdict.isGone(answer)) {
      health.gone(subscription);
    } else {
      health.failed(subscription, Verdict.reason(answer));
    }
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
}
