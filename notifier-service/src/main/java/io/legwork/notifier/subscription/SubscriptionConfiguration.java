package io.legwork.notifier.subscription;

import io.legwork.ledger.Subscriptions;
import io.legwork.secrets.SecretCipher;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the knowledge of subscriptions together. */
@Configuration(proxyBeanMethods = false)
class SubscriptionConfiguration {

  @Bean
  Subscriptions subscriptions(DataSource ledger, SecretCipher cipher) {
    return new Subscriptions(ledger, cipher);
  }

  @Bean
  SubscriptionBook subscriptionBook(Subscriptions subscriptions) {
    return new SubscriptionBook(subscriptions);
  }

  @Bean
  SubscriptionHealth subscriptionHealth(
      Subscriptions subscriptions, InstantSource clock, MeterRegistry meters) {
    return new SubscriptionHealth(subscriptions, clock, meters);
  }
}
