package io.legwork.producer.delivery;

import io.legwork.ledger.DeliveryQueries;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Opens the ledger for questions about deliveries. */
@Configuration(proxyBeanMethods = false)
class DeliveryConfiguration {

  @Bean
  DeliveryQueries deliveryQueries(DataSource ledger) {
    return new DeliveryQueries(ledger);
  }
}
