package io.legwork.process;

import io.legwork.ledger.LedgerDataSource;
import io.legwork.messaging.ConfirmedPublisher;
import io.legwork.secrets.ContentCipher;
import io.legwork.secrets.SecretCipher;
import javax.sql.DataSource;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * How every service starts: it waits for its ledger and its broker, says so in its health, and
 * needs no restart; only what no waiting can mend ends it.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({LedgerProperties.class, SecretsProperties.class})
public class StartConfiguration {

  /** Spring Boot's name for the database that is configured, which is the ledger's. */
  private static final String LEDGER = "dataSource";

  /**
   * Nobody gets at the ledger's database but through its gate; others that an application has are
   * its own.
   */
  @Bean
  static BeanPostProcessor ledgerGate() {
    return new BeanPostProcessor() {
      @Override
      public Object postProcessAfterInitialization(Object bean, String name) {
        return bean instanceof DataSource pool && name.equals(LEDGER)
            ? new LedgerDataSource(pool)
            : bean;
      }
    };
  }

  @Bean
  SecretCipher secretCipher(SecretsProperties properties) {
    return SecretCipher.of(properties.keys());
  }

  @Bean
  ContentCipher contentCipher(SecretCipher cipher, SecretsProperties properties) {
    return new ContentCipher(cipher, properties.encryptedTenants());
  }

  @Bean
  LedgerStart ledgerStart(DataSource ledger, LedgerProperties properties) {
    return new LedgerStart((LedgerDataSource) ledger, properties);
  }

  @Bean
  Start start(LedgerStart ledger, ConfirmedPublisher publisher) {
    return new Start(ledger, publisher);
  }

  @Bean
  LedgerHealth ledgerHealthIndicator(DataSource ledger) {
    return new LedgerHealth((LedgerDataSource) ledger);
  }

  @Bean
  BrokerHealth brokerHealthIndicator(ConfirmedPublisher publisher) {
    return new BrokerHealth(publisher);
  }
}
