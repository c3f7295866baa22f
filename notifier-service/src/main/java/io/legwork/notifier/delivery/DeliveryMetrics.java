package io.legwork.notifier.delivery;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;

/** Counts the attempts. Thread-safe. */
final class DeliveryMetrics {

  private static final String CHANNEL = "channel";
  private static final String WEBHOOK = "webhook";

  private final MeterRegistry meters;

  DeliveryMetrics(MeterRegistry meters, Endpoints endpoints) {
    this.meters = meters;
    meters.gauge("legwork.deliveries.under.way", endpoints, Endpoints::inside);
  }

  /**
   * Counts an attempt.
   *
   * @param outcome what came of it
   */
  void attempted(String outcome, Duration duration) {
    meters.counter("legwork.deliveries", CHANNEL, WEBHOOK, "outcome", outcome).increment();
    meters.timer("legwork.delivery.attempt", CHANNEL, WEBHOOK).record(duration);
  }
}
