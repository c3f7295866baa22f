package io.legwork.producer.accounting;

import io.legwork.ledger.TaskAccounts;
import io.legwork.ledger.TaskAccounts.Pace;
import io.micrometer.core.instrument.MeterRegistry;
import javax.sql.DataSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the accounting together. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AccountingProperties.class)
class AccountingConfiguration {

  @Bean
  TaskAccounts taskAccounts(DataSource ledger, AccountingProperties properties) {
    return new TaskAccounts(ledger, Pace.every(properties.interval()));
  }

  @Bean
  Accounting accounting(TaskAccounts accounts) {
    return new Accounting(accounts);
  }

  @Bean
  AccountingGauges accountingGauges(TaskAccounts accounts, MeterRegistry meters) {
    return new AccountingGauges(accounts, meters);
  }
}
