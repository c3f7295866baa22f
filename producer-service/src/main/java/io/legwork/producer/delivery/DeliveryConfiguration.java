package io.legwork.producer.delivery;

import io.legwork.ledger.DeliveryQueries;
import io.legwork.ledger.Redeliveries;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Opens the ledger for the log of deliveries. */
@Configuration(proxyBeanMethods = false)
class DeliveryConfiguration {

  @Bean
  DeliveryQueries deliveryQueries(DataSource ledger) {
    return new DeliveryQueries(ledger);
  }

  @Bean
  Redeliveries redeliveries(DataSource ledger) {
    return new Redeliveries(ledger);
  }
}
