package io.legwork.producer.subscription;

import io.legwork.ledger.DeliveryIntake;
import io.legwork.ledger.ProcessIdentity;
import io.legwork.ledger.Subscriptions;
import io.legwork.secrets.ContentCipher;
import io.legwork.secrets.SecretCipher;
import io.legwork.task.UuidV7;
import java.time.InstantSource;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the keeping of subscriptions together. */
@Configuration(proxyBeanMethods = false)
class SubscriptionConfiguration {

  @Bean
  Subscriptions subscriptions(DataSource ledger, SecretCipher cipher) {
    return new Subscriptions(ledger, cipher);
  }

  @Bean
  TestEvents testEvents(
      DataSource ledger,
      ProcessIdentity process,
      ContentCipher contents,
      UuidV7 ids,
      InstantSource clock) {
    return new TestEvents(new DeliveryIntake(ledger, process.id(), contents), ids, clock);
  }
}
