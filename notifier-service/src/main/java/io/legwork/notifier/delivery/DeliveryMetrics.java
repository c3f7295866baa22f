package io.legwork.notifier.delivery;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;

/** Counts the attempts. Thread-safe. */
final class DeliveryMetrics {

  private static final String CHANNEL = "channel";

  private final MeterRegistry meters;

  DeliveryMetrics(MeterRegistry meters, Endpoints endpoints) {
    this.meters = meters;
    meters.gauge("legwork.deliveries.under.way", endpoints, Endpoints::inside);
  }

  /**
   * Counts an attempt.
   *
   * @param channel how it was made
   * @param outcome what came of it
   */
  void attempted(String channel, String outcome, Duration duration) {
    meters.counter("legwork.deliveries", CHANNEL, channel, "outcome", outcome).increment();
    meters.timer("legwork.delivery.attempt", CHANNEL, channel).record(duration);
  }
}
