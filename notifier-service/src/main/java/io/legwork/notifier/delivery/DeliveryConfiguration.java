package io.legwork.notifier.delivery;

import io.legwork.batching.Batcher;
import io.legwork.batching.BatcherSettings;
import io.legwork.ledger.CallbackTasks;
import io.legwork.ledger.DeliveryIntake;
import io.legwork.ledger.DeliveryLeases;
import io.legwork.ledger.DeliveryOutcome;
import io.legwork.ledger.DeliveryOutcomes;
import io.legwork.ledger.LedgerException;
import io.legwork.ledger.ProcessIdentity;
import io.legwork.outbound.SigningSecret;
import io.legwork.task.UuidV7;
import io.micrometer.core.instrument.MeterRegistry;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.random.RandomGenerator;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the delivery of webhooks together. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(WebhooksProperties.class)
class DeliveryConfiguration {

  private static final Logger LOG = LoggerFactory.getLogger(DeliveryConfiguration.class);
  private static final int OUTCOMES_WAITING = 100_000;

  @Bean
  Endpoints endpoints(WebhooksProperties properties) {
    return new Endpoints(properties.concurrency(), properties.concurrencyPerEndpoint());
  }

  @Bean
  WebhookClient webhookClient(WebhooksProperties properties, InstantSource clock) {
    return new WebhookClient(signingSecret(properties), properties, clock);
  }

  private static SigningSecret signingSecret(WebhooksProperties properties) {
    String text = properties.signingSecret();
    if (text == null || text.isBlank()) {
      LOG.warn(
          "signing_secret.missing: webhooks of callbacks without a secret of their own are signed"
              + " with one that was made up for this start, which no receiver can know; set"
              + " LEGWORK_WEBHOOKS_SIGNING_SECRET, the same for all notifiers");
      return SigningSecret.random(new SecureRandom());
    }
    try {
      return SigningSecret.parse(text);
    } catch (IllegalArgumentException malformed) {
      throw new SigningSecretException("is not usable: " + malformed.getMessage());
    }
  }

  @Bean
  Batcher<DeliveryOutcome, Boolean> deliveryOutcomes(
      DataSource dataSource, ProcessIdentity process, MeterRegistry meters) {
    return new Batcher<>(
        new BatcherSettings("delivery-outcomes", 1, 500, OUTCOMES_WAITING),
        new DeliveryOutcomes(dataSource, process.id())::record,
        LedgerException::blamesOneRow,
        meters);
  }

  @Bean
  DeliveryAttempts deliveryAttempts(
      WebhookClient client,
      WebhooksProperties properties,
      Batcher<DeliveryOutcome, Boolean> outcomes,
      DeliveryMetrics metrics,
      InstantSource clock) {
    RetrySchedule schedule = new RetrySchedule(properties.schedule(), RandomGenerator.getDefault());
    return new DeliveryAttempts(client, schedule, outcomes, metrics, clock);
  }

  @Bean
  DeliveryMetrics deliveryMetrics(MeterRegistry meters, Endpoints endpoints) {
    return new DeliveryMetrics(meters, endpoints);
  }

  @Bean
  DeliveryLeases deliveryLeases(DataSource dataSource, ProcessIdentity process) {
    return new DeliveryLeases(dataSource, process.id());
  }

  @Bean
  DeliveryRuns deliveryRuns(
      DeliveryAttempts attempts,
      DeliveryLeases leases,
      WebhooksProperties properties,
      InstantSource clock) {
    return new DeliveryRuns(attempts, leases, properties, clock);
  }

  @Bean
  DueDeliveries dueDeliveries(
      Endpoints endpoints,
      DeliveryLeases leases,
      DeliveryRuns runs,
      WebhooksProperties properties) {
    return new DueDeliveries(endpoints, leases, runs, properties);
  }

  @Bean
  Delivering delivering(DueDeliveries dueDeliveries, DeliveryRuns runs) {
    return new Delivering(dueDeliveries, runs);
  }

  @Bean
  CallbackDeliveries callbackDeliveries(
      DataSource dataSource,
      ProcessIdentity process,
      Endpoints endpoints,
      DeliveryRuns runs,
      DueDeliveries dueDeliveries,
      UuidV7 ids,
      WebhooksProperties properties) {
    return new CallbackDeliveries(
        new CallbackTasks(dataSource),
        new DeliveryIntake(dataSource, process.id()),
        endpoints,
        runs,
        dueDeliveries,
        ids,
        properties);
  }
}
