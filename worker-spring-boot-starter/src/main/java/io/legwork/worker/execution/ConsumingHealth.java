package io.legwork.worker.execution;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Healthy while the worker consumes its queues. */
final class ConsumingHealth implements HealthIndicator {

  private final TaskConsumers consumers;

  ConsumingHealth(TaskConsumers consumers) {
    this.consumers = consumers;
  }

  @Override
  public Health health() {
    return consumers.isConsuming()
        ? Health.up().build()
        : Health.outOfService()
            .withDetail("reason", "The task queues are not being consumed; see the log.")
            .build();
  }
}
