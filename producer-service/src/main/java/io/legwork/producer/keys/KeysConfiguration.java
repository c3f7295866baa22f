package io.legwork.producer.keys;

import io.legwork.authentication.KeyBook;
import io.legwork.ledger.ApiKeys;
import io.legwork.task.UuidV7;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the keeping of keys together. */
@Configuration(proxyBeanMethods = false)
class KeysConfiguration {

  @Bean
  Keys keys(ApiKeys ledger, KeyBook book, UuidV7 ids) {
    return new Keys(ledger, book, ids);
  }
}
