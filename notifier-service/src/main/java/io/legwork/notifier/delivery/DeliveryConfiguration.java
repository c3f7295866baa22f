package io.legwork.notifier.delivery;

import io.legwork.batching.Batcher;
import io.legwork.batching.BatcherSettings;
import io.legwork.batching.LaneKind;
import io.legwork.ledger.AnnouncedTasks;
import io.legwork.ledger.DeliveryDays;
import io.legwork.ledger.DeliveryIntake;
import io.legwork.ledger.DeliveryLeases;
import io.legwork.ledger.DeliveryOutcome;
import io.legwork.ledger.DeliveryOutcomes;
import io.legwork.ledger.LedgerException;
import io.legwork.ledger.ProcessIdentity;
import io.legwork.messaging.BrokerConnections;
import io.legwork.messaging.ExchangePublisher;
import io.legwork.notifier.mail.Mails;
import io.legwork.notifier.subscription.SubscriptionBook;
import io.legwork.notifier.subscription.SubscriptionHealth;
import io.legwork.outbound.OutboundPolicy;
import io.legwork.outbound.OutboundProperties;
import io.legwork.outbound.SigningSecret;
import io.legwork.secrets.ContentCipher;
import io.legwork.secrets.SecretCipher;
import io.legwork.task.UuidV7;
import io.legwork.tracing.Tracing;
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
@EnableConfigurationProperties({WebhooksProperties.class, OutboundProperties.class})
class DeliveryConfiguration {

  private static final Logger LOG = LoggerFactory.getLogger(DeliveryConfiguration.class);
  private static final int OUTCOMES_WAITING = 100_000;

  @Bean
  Endpoints endpoints(WebhooksProperties properties, SubscriptionBook book) {
    LaneLimits usual = new LaneLimits(properties.concurrencyPerEndpoint(), 0);
    return new Endpoints(
        properties.concurrency(),
        properties.concurrencyPerEndpoint(),
        endpoint ->
            book.find(endpoint)
                .map(it -> it.settings().limits())
                .map(it -> new LaneLimits(it.concurrency(), it.perSecond()))
                .orElse(usual));
  }

  @Bean
  OutboundPolicy outboundPolicy(OutboundProperties properties) {
    LOG.atInfo()
        .addKeyValue("addresses", properties.allow())
        .addKeyValue("schemes", properties.schemes())
        .addKeyValue("ports", properties.ports().isEmpty() ? "any" : properties.ports())
        .log("outbound.allowed: where webhooks may go");
    return new OutboundPolicy(properties);
  }

  @Bean
  WebhookClient webhookClient(
      OutboundPolicy policy, WebhooksProperties properties, InstantSource clock) {
    return new WebhookClient(policy, properties, clock);
  }

  @Bean
  Destinations destinations(
      SubscriptionBook book,
      SecretCipher cipher,
      WebhooksProperties properties,
      InstantSource clock) {
    return new Destinations(book, cipher, signingSecret(properties), clock);
  }

  @Bean
  ExchangePublisher exchangePublisher(
      BrokerConnections connections, WebhooksProperties properties) {
    return new ExchangePublisher(connections, properties.timeout());
  }

  @Bean
  Channels channels(
      WebhookClient webhooks, Mails mails, ExchangePublisher exchanges, ContentCipher contents) {
    return new Channels(webhooks, mails, exchanges, contents);
  }

  /**
   * The service's own secret.
   *
   * @throws SigningSecretException if the configured one cannot be used
   */
  static SigningSecret signingSecret(WebhooksProperties properties) {
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
        new BatcherSettings("delivery-outcomes", LaneKind.PLATFORM, 1, 500, OUTCOMES_WAITING),
        new DeliveryOutcomes(dataSource, process.id())::record,
        LedgerException::blamesOneRow,
        meters);
  }

  @Bean
  DeliveryAttempts deliveryAttempts(
      Channels channels,
      Destinations destinations,
      WebhooksProperties properties,
      Batcher<DeliveryOutcome, Boolean> outcomes,
      SubscriptionHealth health,
      DeliveryMetrics metrics,
      Tracing tracing,
      InstantSource clock) {
    RetrySchedule schedule = new RetrySchedule(properties.schedule(), RandomGenerator.getDefault());
    return new DeliveryAttempts(
        channels,
        destinations,
        schedule,
        outcomes,
        health,
        metrics,
        new DeliverySpans(tracing),
        clock);
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
      SubscriptionBook book,
      Endpoints endpoints,
      DeliveryLeases leases,
      DeliveryRuns runs,
      WebhooksProperties properties) {
    return new DueDeliveries(book, endpoints, leases, runs, properties);
  }

  @Bean
  Delivering delivering(DueDeliveries dueDeliveries, DeliveryRuns runs, Retention retention) {
    return new Delivering(dueDeliveries, runs, retention);
  }

  @Bean
  Retention retention(DataSource dataSource, WebhooksProperties properties) {
    return new Retention(new DeliveryDays(dataSource), properties.retention());
  }

  @Bean
  DeliveryIntake deliveryIntake(
      DataSource dataSource, ProcessIdentity process, ContentCipher contents) {
    return new DeliveryIntake(dataSource, process.id(), contents);
  }

  @Bean
  DisabledNotices disabledNotices(
      DeliveryIntake intake,
      DueDeliveries dueDeliveries,
      SubscriptionHealth health,
      UuidV7 ids,
      InstantSource clock) {
    DisabledNotices notices = new DisabledNotices(intake, dueDeliveries, ids, clock);
    health.whenDisabled(notices::tell);
    return notices;
  }

  @Bean
  EventDeliveries eventDeliveries(
      DataSource dataSource,
      ContentCipher contents,
      SubscriptionBook book,
      DeliveryIntake intake,
      Endpoints endpoints,
      DeliveryRuns runs,
      DueDeliveries dueDeliveries,
      InstantSource clock,
      WebhooksProperties properties) {
    return new EventDeliveries(
        new AnnouncedTasks(dataSource),
        contents,
        book,
        intake,
        endpoints,
        runs,
        dueDeliveries,
        clock,
        properties.lease());
  }
}
