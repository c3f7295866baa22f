package io.legwork.process;

import io.legwork.messaging.ConfirmedPublisher;
import io.legwork.messaging.PublisherCondition;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Out of service until the broker was there for the first time, and while it is of no use to us;
 * degraded, but in service, while it is away or asks to wait: the ledger keeps what is to be sent.
 */
final class BrokerHealth implements HealthIndicator {

  private static final String DEGRADED = "DEGRADED";

  private final ConfirmedPublisher publisher;

  BrokerHealth(ConfirmedPublisher publisher) {
    this.publisher = publisher;
  }

  @Override
  public Health health() {
    PublisherCondition condition = publisher.condition();
    return switch (condition.state()) {
      case PUBLISHING -> Health.up().build();
      case BLOCKED, DISCONNECTED ->
          Health.status(DEGRADED).withDetail("reason", condition.reason()).build();
      case WAITING -> Health.outOfService().withDetail("waitsFor", condition.reason()).build();
      case UNSUITABLE -> Health.outOfService().withDetail("reason", condition.reason()).build();
    };
  }
}
