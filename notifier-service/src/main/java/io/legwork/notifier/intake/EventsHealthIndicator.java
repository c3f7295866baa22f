package io.legwork.notifier.intake;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Up while events are being consumed. */
final class EventsHealthIndicator implements HealthIndicator {

  private final EventConsumer consumer;

  EventsHealthIndicator(EventConsumer consumer) {
    this.consumer = consumer;
  }

  @Override
  public Health health() {
    String problem = consumer.problem();
    return problem == null
        ? Health.up().build()
        : Health.down().withDetail("reason", problem).build();
  }
}
