package io.legwork.notifier.intake;

import io.legwork.ledger.OverlookedEvents;
import io.legwork.messaging.BrokerConnections;
import io.legwork.messaging.ConfirmedPublisher;
import io.legwork.messaging.Parking;
import io.legwork.messaging.Topology;
import io.legwork.notifier.delivery.EventDeliveries;
import io.legwork.notifier.stream.EventFollower;
import io.legwork.process.PublisherMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;
import org.springframework.boot.amqp.autoconfigure.RabbitConnectionDetails;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the consumer of events together. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(IntakeProperties.class)
class IntakeConfiguration {

  /** The queues of tasks are not this service's concern. */
  private static final Topology TOPOLOGY = new Topology(List.of());

  @Bean
  BrokerConnections brokerConnections(
      CachingConnectionFactory configured, RabbitConnectionDetails details) {
    return BrokerConnections.from(configured, details);
  }

  @Bean
  ConfirmedPublisher confirmedPublisher(BrokerConnections connections, MeterRegistry meters) {
    ConfirmedPublisher publisher = ConfirmedPublisher.start(connections, TOPOLOGY);
    PublisherMetrics.bind(publisher, meters);
    return publisher;
  }

  @Bean
  EventConsumer eventConsumer(
      BrokerConnections connections,
      EventFollower follower,
      EventDeliveries deliveries,
      ConfirmedPublisher publisher,
      MeterRegistry meters,
      IntakeProperties properties) {
    EventBatches batches = new EventBatches(follower, deliveries, new Parking(publisher, meters));
    return new EventConsumer(connections, TOPOLOGY, batches, properties.prefetch());
  }

  @Bean
  EventSweeper eventSweeper(
      DataSource ledger, EventDeliveries deliveries, IntakeProperties properties) {
    return new EventSweeper(new OverlookedEvents(ledger), deliveries, properties.patience());
  }

  @Bean
  EventsHealthIndicator eventsHealthIndicator(EventConsumer consumer) {
    return new EventsHealthIndicator(consumer);
  }
}
