package io.legwork.producer.query;

import io.legwork.ledger.TaskAttempts;
import io.legwork.ledger.TaskQueries;
import io.legwork.ledger.TaskTypes;
import io.legwork.secrets.ContentCipher;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Opens the ledger for questions. */
@Configuration(proxyBeanMethods = false)
class QueryConfiguration {

  @Bean
  TaskQueries taskQueries(DataSource ledger, ContentCipher contents) {
    return new TaskQueries(ledger, contents);
  }

  @Bean
  TaskTypes taskTypes(DataSource ledger) {
    return new TaskTypes(ledger);
  }

  @Bean
  TaskAttempts taskAttempts(DataSource ledger) {
    return new TaskAttempts(ledger);
  }
}
