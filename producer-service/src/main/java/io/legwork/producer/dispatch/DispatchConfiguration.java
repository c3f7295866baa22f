package io.legwork.producer.dispatch;

import io.legwork.events.EventAnnouncer;
import io.legwork.ledger.DueTasks;
import io.legwork.ledger.EventLog;
import io.legwork.ledger.ExpiredTasks;
import io.legwork.ledger.IdempotencyKeys;
import io.legwork.ledger.LedgerStatistics;
import io.legwork.ledger.LostAttempts;
import io.legwork.ledger.ProcessIdentity;
import io.legwork.ledger.SharedBuckets;
import io.legwork.ledger.SilentProcesses;
import io.legwork.ledger.TaskSpans;
import io.legwork.ledger.TaskTypes;
import io.legwork.messaging.BrokerConnections;
import io.legwork.messaging.ConfirmedPublisher;
import io.legwork.messaging.Topology;
import io.legwork.process.Heartbeat;
import io.legwork.task.UuidV7;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import javax.sql.DataSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the dispatch together. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(RetentionProperties.class)
class DispatchConfiguration {

  @Bean
  Pace pace(DataSource ledger) {
    return new Pace(new TaskTypes(ledger));
  }

  @Bean
  Dispatcher dispatcher(ConfirmedPublisher publisher, Pace pace, MeterRegistry meters) {
    return new Dispatcher(publisher, pace, meters);
  }

  @Bean
  QueueDepths queueDepths(BrokerConnections connections) {
    return new QueueDepths(connections);
  }

  @Bean
  DueTasks dueTasks(DataSource ledger) {
    return new DueTasks(ledger, Heartbeat.LEASE);
  }

  @Bean
  DueDispatch dueDispatch(DueTasks tasks, Dispatcher dispatcher) {
    return new DueDispatch(tasks, dispatcher);
  }

  @Bean
  Sweeper sweeper(
      DueTasks tasks,
      Dispatcher dispatcher,
      QueueDepths depths,
      Topology topology,
      MeterRegistry meters) {
    return new Sweeper(tasks, dispatcher, depths, topology, meters);
  }

  @Bean
  Recovery recovery(
      DataSource ledger,
      ProcessIdentity identity,
      UuidV7 ids,
      EventLog events,
      EventAnnouncer announcer,
      ConfirmedPublisher publisher,
      Dispatcher dispatcher,
      MeterRegistry meters) {
    RecoveryParts parts =
        new RecoveryParts(
            new LostAttempts(ledger, identity.id(), ids),
            new ExpiredTasks(ledger, identity.id(), ids),
            new SilentProcesses(ledger, identity.id()));
    Counter expired =
        Counter.builder("legwork.leases.expired")
            .description("Attempts that were taken from workers that fell silent")
            .register(meters);
    return new Recovery(parts, events, announcer, publisher, dispatcher, expired);
  }

  @Bean
  Retention retention(DataSource ledger, InstantSource clock, RetentionProperties kept) {
    return new Retention(
        new TaskSpans(ledger, clock), new IdempotencyKeys(ledger), new SharedBuckets(ledger), kept);
  }

  @Bean
  DispatchLifecycle dispatchLifecycle(
      DueDispatch due, Sweeper sweeper, Recovery recovery, Retention retention, Pace pace) {
    return new DispatchLifecycle(due, sweeper, recovery, retention, pace);
  }

  @Bean
  LedgerGauges ledgerGauges(
      DataSource ledger, QueueDepths depths, Topology topology, MeterRegistry meters) {
    return new LedgerGauges(new LedgerStatistics(ledger), depths, topology, meters);
  }
}
