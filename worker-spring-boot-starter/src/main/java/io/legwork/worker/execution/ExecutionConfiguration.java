package io.legwork.worker.execution;

import io.legwork.batching.Batcher;
import io.legwork.batching.BatcherSettings;
import io.legwork.batching.LaneKind;
import io.legwork.events.EventAnnouncer;
import io.legwork.ledger.Claim;
import io.legwork.ledger.ClaimRequest;
import io.legwork.ledger.HandBacks;
import io.legwork.ledger.LedgerException;
import io.legwork.ledger.LostAttempts;
import io.legwork.ledger.ProcessIdentity;
import io.legwork.ledger.ProgressReport;
import io.legwork.ledger.Recorded;
import io.legwork.ledger.TaskClaims;
import io.legwork.ledger.TaskOutcomes;
import io.legwork.ledger.TaskProgress;
import io.legwork.ledger.TaskTypes;
import io.legwork.ledger.WorkerReports;
import io.legwork.messaging.BrokerConnections;
import io.legwork.messaging.ConfirmedPublisher;
import io.legwork.messaging.Parking;
import io.legwork.messaging.Topology;
import io.legwork.process.Heartbeat;
import io.legwork.process.ProcessConfiguration;
import io.legwork.secrets.ContentCipher;
import io.legwork.task.UuidV7;
import io.legwork.tracing.Tracing;
import io.legwork.worker.handlers.HandlerRegistry;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.prometheus.metrics.tracer.common.SpanContext;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import tools.jackson.databind.json.JsonMapper;

/** Puts the worker together. */
@AutoConfiguration
@Import(ProcessConfiguration.class)
@EnableConfigurationProperties(WorkerProperties.class)
class ExecutionConfiguration {

  /** More than the claims of all types that can wait for a permit. */
  private static final int CAPACITY = 100_000;

  private static final int LANES = 2;

  @Bean
  TaskClaims taskClaims(DataSource ledger, ProcessIdentity identity) {
    return new TaskClaims(ledger, identity.id());
  }

  @Bean
  TaskOutcomes taskOutcomes(DataSource ledger, ProcessIdentity identity, UuidV7 ids) {
    return new TaskOutcomes(ledger, identity.id(), ids);
  }

  @Bean
  Batcher<ClaimRequest, Claim> claimBatcher(
      TaskClaims claims, WorkerProperties properties, MeterRegistry meters) {
    return new Batcher<>(
        new BatcherSettings("claim", LaneKind.PLATFORM, LANES, properties.claimBatch(), CAPACITY),
        claims::claim,
        LedgerException::blamesOneRow,
        meters);
  }

  @Bean
  Batcher<Ended, Recorded> outcomeBatcher(
      TaskOutcomes outcomes,
      EventAnnouncer announcer,
      WorkerProperties properties,
      MeterRegistry meters) {
    return new Batcher<>(
        new BatcherSettings(
            "outcome", LaneKind.PLATFORM, LANES, properties.outcomeBatch(), CAPACITY),
        batch -> OutcomeRecorder.write(outcomes, announcer, batch),
        LedgerException::blamesOneRow,
        meters);
  }

  @Bean
  Batcher<ProgressReport, Boolean> progressBatcher(
      DataSource ledger, WorkerProperties properties, MeterRegistry meters) {
    return new Batcher<>(
        new BatcherSettings("progress", LaneKind.PLATFORM, 1, properties.outcomeBatch(), CAPACITY),
        new TaskProgress(ledger)::record,
        LedgerException::blamesOneRow,
        meters);
  }

  /** An application that traces itself has its own, which wins. */
  @Bean
  @ConditionalOnMissingBean(SpanContext.class)
  TaskExemplars taskExemplars() {
    return new TaskExemplars();
  }

  @Bean
  ExecutionMetrics executionMetrics(MeterRegistry meters, InstantSource clock) {
    return new ExecutionMetrics(meters, clock);
  }

  @Bean
  ProgressRecorder progressRecorder(
      Batcher<ProgressReport, Boolean> progressBatcher, ExecutionMetrics metrics) {
    return new ProgressRecorder(progressBatcher, metrics);
  }

  /** Like the other executor it is nobody else's: an application's own take no notice of it. */
  @Bean(destroyMethod = "shutdownNow", defaultCandidate = false)
  ScheduledExecutorService executionTimer() {
    return Executors.newSingleThreadScheduledExecutor(
        Thread.ofPlatform().daemon().name("execution-timer").factory());
  }

  @Bean(destroyMethod = "shutdownNow", defaultCandidate = false)
  ScheduledExecutorService ledgerWork() {
    return Executors.newSingleThreadScheduledExecutor(
        Thread.ofPlatform().daemon().name("ledger-work").factory());
  }

  @Bean
  RunningAttempts runningAttempts(WorkerProperties properties, MeterRegistry meters) {
    RunningAttempts running = new RunningAttempts(properties.holdDelivery());
    Gauge.builder("legwork.tasks.running", running, RunningAttempts::size)
        .description("Attempts between their claim and the commit of their outcome")
        .register(meters);
    Gauge.builder("legwork.handlers.overstaying", running, RunningAttempts::overstaying)
        .description("Handlers that go on although their attempt was ended, and keep their permit")
        .register(meters);
    return running;
  }

  @Bean
  Reports reports(DataSource ledger, ProcessIdentity identity, RunningAttempts running) {
    return new Reports(new WorkerReports(ledger, identity.id()), running);
  }

  @Bean
  HandBack handBack(
      DataSource ledger,
      ProcessIdentity identity,
      ConfirmedPublisher publisher,
      RunningAttempts running) {
    return new HandBack(new HandBacks(ledger, identity.id()), publisher, running);
  }

  @Bean
  Takeover takeover(
      DataSource ledger,
      ProcessIdentity identity,
      UuidV7 ids,
      EventAnnouncer announcer,
      MeterRegistry meters) {
    Counter expired =
        Counter.builder("legwork.leases.expired")
            .description("Attempts that were taken from workers that fell silent")
            .register(meters);
    LostAttempts lost = new LostAttempts(ledger, identity.id(), ids);
    return new Takeover(lost, announcer, identity.id(), Heartbeat.LEASE, expired);
  }

  @Bean
  RunTimes runTimes(DataSource ledger) {
    return new RunTimes(new TaskTypes(ledger));
  }

  @Bean
  AttemptSpans attemptSpans(Tracing tracing, InstantSource clock) {
    return new AttemptSpans(tracing, clock);
  }

  @Bean
  ExecutionParts executionParts(
      RunningAttempts running,
      Batcher<ClaimRequest, Claim> claimBatcher,
      Batcher<Ended, Recorded> outcomeBatcher,
      TaskClaims claims,
      Takeover takeover,
      Reports reports,
      ProgressRecorder progress,
      ContentCipher contents,
      RunTimes runTimes,
      AttemptSpans spans,
      @Qualifier("executionTimer") ScheduledExecutorService executionTimer,
      @Qualifier("ledgerWork") ScheduledExecutorService ledgerWork,
      ExecutionMetrics metrics) {
    return new ExecutionParts(
        running,
        claimBatcher,
        claims,
        takeover,
        new OutcomeRecorder(outcomeBatcher, metrics, executionTimer),
        new Verdict(JsonMapper.shared(), ThreadLocalRandom::current, contents),
        metrics,
        reports,
        progress,
        contents,
        runTimes,
        spans,
        executionTimer,
        ledgerWork);
  }

  @Bean
  Execution execution(ExecutionParts parts, HandlerRegistry handlers, WorkerProperties properties) {
    return new Execution(parts, handlers, properties);
  }

  @Bean
  TaskConsumers taskConsumers(
      BrokerConnections connections,
      Topology topology,
      Execution execution,
      Parking parking,
      WorkerProperties properties) {
    return new TaskConsumers(connections, topology, execution, parking, properties.prefetch());
  }

  @Bean
  WorkerLifecycle workerLifecycle(
      TaskConsumers consumers,
      Execution execution,
      ExecutionParts parts,
      HandBack handBack,
      HandlerRegistry handlers,
      DataSource ledger,
      ProcessIdentity identity,
      WorkerProperties properties) {
    return new WorkerLifecycle(
        consumers,
        execution,
        parts,
        handBack,
        handlers,
        new TaskTypes(ledger),
        identity,
        properties);
  }

  @Bean
  ConsumingHealth consumingHealthIndicator(TaskConsumers consumers) {
    return new ConsumingHealth(consumers);
  }
}
