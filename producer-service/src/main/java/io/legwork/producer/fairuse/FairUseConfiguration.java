package io.legwork.producer.fairuse;

import io.legwork.ledger.SharedBuckets;
import io.legwork.ledger.TenantLimitRows;
import java.time.InstantSource;
import javax.sql.DataSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the limits together. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(LimitsProperties.class)
class FairUseConfiguration {

  @Bean
  TenantLimitRows tenantLimitRows(DataSource ledger) {
    return new TenantLimitRows(ledger);
  }

  @Bean
  SharedBuckets sharedBuckets(DataSource ledger) {
    return new SharedBuckets(ledger);
  }

  @Bean
  FairUse fairUse(
      TenantLimitRows rows,
      LimitsProperties properties,
      SharedBuckets buckets,
      InstantSource clock) {
    return new FairUse(rows, properties.limits(), buckets::draw, clock, System::nanoTime);
  }
}
