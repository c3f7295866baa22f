package io.legwork.producer.submission;

import io.legwork.batching.Batcher;
import io.legwork.batching.BatcherSettings;
import io.legwork.batching.LaneKind;
import io.legwork.ledger.Acceptance;
import io.legwork.ledger.LedgerException;
import io.legwork.ledger.LedgerStatistics;
import io.legwork.ledger.Submission;
import io.legwork.ledger.TaskIntake;
import io.legwork.ledger.TaskTypes;
import io.legwork.outbound.OutboundPolicy;
import io.legwork.process.LegworkProperties;
import io.legwork.producer.dispatch.Dispatcher;
import io.legwork.secrets.ContentCipher;
import io.legwork.secrets.SecretCipher;
import io.legwork.task.UuidV7;
import io.legwork.tracing.Tracing;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import javax.sql.DataSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the submission together. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SubmissionProperties.class)
class SubmissionConfiguration {

  @Bean
  TaskReader taskReader(
      LegworkProperties properties,
      TaskTypes types,
      OutboundPolicy policy,
      UuidV7 ids,
      InstantSource clock) {
    return new TaskReader(
        properties.queues(), new KnownTypes(types::known, clock), policy, ids, clock);
  }

  @Bean
  BatchReader batchReader(TaskReader reader) {
    return new BatchReader(reader);
  }

  @Bean
  Batcher<Submission, Acceptance> submissionBatcher(
      DataSource ledger,
      SecretCipher cipher,
      ContentCipher contents,
      Dispatcher dispatcher,
      SubmissionProperties properties,
      MeterRegistry meters) {
    var acceptor =
        new Acceptor(new TaskIntake(ledger, cipher, contents), dispatcher::dispatch, meters);
    var settings =
        new BatcherSettings(
            "submission",
            LaneKind.VIRTUAL,
            properties.lanes(),
            properties.batchSize(),
            properties.capacity());
    return new Batcher<>(settings, acceptor::accept, LedgerException::blamesOneRow, meters);
  }

  @Bean
  BacklogLimit backlogLimit(
      DataSource ledger, Dispatcher dispatcher, SubmissionProperties properties) {
    return new BacklogLimit(
        dispatcher::isPublishing, new LedgerStatistics(ledger)::queuedTasks, properties.backlog());
  }

  @Bean
  CreationSpans creationSpans(Tracing tracing, InstantSource clock) {
    return new CreationSpans(tracing, clock);
  }

  @Bean
  Intake intake(
      BacklogLimit backlog,
      Batcher<Submission, Acceptance> batcher,
      SecretCipher cipher,
      SubmissionProperties properties) {
    return new Intake(backlog, batcher, cipher.isAvailable(), properties);
  }
}
