package io.legwork.notifier.delivery;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Counts the attempts. Thread-safe. */
final class DeliveryMetrics {

  private static final String CHANNEL = "channel";

  private final MeterRegistry meters;

  /** Looking a meter up by its name and tags costs more than to count with it. */
  private final Map<Kind, Counter> attempts = new ConcurrentHashMap<>();

  private final Map<String, Timer> durations = new ConcurrentHashMap<>();

  private record Kind(String channel, String outcome) {}

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
    attempts.computeIfAbsent(new Kind(channel, outcome), this::counter).increment();
    durations.computeIfAbsent(channel, this::timer).record(duration);
  }

  private Counter counter(Kind kind) {
    return Counter.builder("legwork.deliveries")
        .description("Attempts to deliver, by what came of them")
        .tag(CHANNEL, kind.channel())
        .tag("outcome", kind.outcome())
        .register(meters);
  }

  private Timer timer(String channel) {
    return Timer.builder("legwork.delivery.attempt")
        .description("How long attempts to deliver took")
        .tag(CHANNEL, channel)
        .register(meters);
  }
}
