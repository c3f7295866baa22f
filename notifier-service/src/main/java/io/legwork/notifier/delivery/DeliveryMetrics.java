package io.legwork.notifier.delivery;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/** Counts the attempts. Thread-safe. */
final class DeliveryMetrics {

  private static final String CHANNEL = "channel";

  private final MeterRegistry meters;

  DeliveryMetrics(MeterRegistry meters, Endpoints endpoints) {
    this.meters = meters;
    Gauge.builder("legwork.deliveries.under.way", endpoints, Endpoints::inside)
        .description("Attempts to deliver at this moment")
        .register(meters);
  }

  /**
   * Counts an attempt.
   *
   * @param channel how it was made
   * @param outcome what came of it
   */
  void attempted(String channel, String outcome, Duration duration) {
    Counter.builder("legwork.deliveries")
        .description("Attempts to deliver, by what came of them")
        .tag(CHANNEL, channel)
        .tag("outcome", outcome)
        .register(meters)
        .increment();
    Timer.builder("legwork.delivery.attempt")
        .description("How long attempts to deliver took")
        .tag(CHANNEL, channel)
        .register(meters)
        .record(duration);
  }
}
