package io.legwork.process;

import io.legwork.events.EventAnnouncer;
import io.legwork.ledger.EventLog;
import io.legwork.ledger.ProcessIdentity;
import io.legwork.ledger.Processes;
import io.legwork.messaging.BrokerConnections;
import io.legwork.messaging.ConfirmedPublisher;
import io.legwork.messaging.Parking;
import io.legwork.messaging.Topology;
import io.legwork.task.UuidV7;
import io.legwork.tracing.TracingConfiguration;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import javax.sql.DataSource;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;
import org.springframework.boot.amqp.autoconfigure.RabbitConnectionDetails;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

/** The beans that every service has. */
@Configuration(proxyBeanMethods = false)
@Import({StartConfiguration.class, TracingConfiguration.class})
@EnableConfigurationProperties(LegworkProperties.class)
public class ProcessConfiguration {

  /** Longer than the statement timeout that the services ask the database for. */
  private static final Duration LONGEST_STATEMENT = Duration.ofSeconds(20);

  /** An application of one's own may have one. */
  @Bean
  @ConditionalOnMissingBean(InstantSource.class)
  InstantSource clock() {
    return Clock.systemUTC();
  }

  @Bean
  UuidV7 ids(InstantSource clock) {
    return UuidV7.of(clock);
  }

  @Bean
  ProcessIdentity processIdentity(UuidV7 ids, Environment environment) {
    return ProcessIdentity.current(
        ids.next(), environment.getProperty("spring.application.name", "legwork"));
  }

  @Bean
  Topology topology(LegworkProperties properties) {
    return new Topology(properties.queues());
  }

  @Bean
  BrokerConnections brokerConnections(
      CachingConnectionFactory configured, RabbitConnectionDetails details) {
    return BrokerConnections.from(configured, details);
  }

  @Bean
  ConfirmedPublisher publisher(
      BrokerConnections connections, Topology topology, MeterRegistry meters) {
    ConfirmedPublisher publisher = ConfirmedPublisher.start(connections, topology);
    PublisherMetrics.bind(publisher, meters);
    return publisher;
  }

  @Bean
  Parking parking(ConfirmedPublisher publisher, MeterRegistry meters) {
    return new Parking(publisher, meters);
  }

  @Bean
  EventLog eventLog(DataSource ledger) {
    return new EventLog(ledger);
  }

  @Bean
  Processes processes(DataSource ledger) {
    return new Processes(ledger, Heartbeat.LEASE.minus(Heartbeat.INTERVAL));
  }

  @Bean
  EventAnnouncer announcer(
      ConfirmedPublisher publisher, InstantSource clock, MeterRegistry meters) {
    EventAnnouncer announcer = new EventAnnouncer(publisher, clock, LONGEST_STATEMENT);
    Gauge.builder("legwork.outbox.lag.seconds", announcer, it -> it.lag().toMillis() / 1000.0)
        .description("How long a committed event has been waiting for the broker's confirmation")
        .register(meters);
    return announcer;
  }

  @Bean
  Heartbeat heartbeat(
      Processes processes, ProcessIdentity identity, EventAnnouncer announcer, EventLog events) {
    return new Heartbeat(processes, identity, announcer, events);
  }
}
