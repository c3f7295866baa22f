package io.legwork.producer.web;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts together what all endpoints share. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(WebProperties.class)
class WebConfiguration {

  @Bean
  BodyReader bodyReader(WebProperties properties, InstantSource clock, MeterRegistry meters) {
    var budget = new ByteBudget(properties.bodyMemoryBytes());
    Gauge.builder("legwork.body.memory", budget, ByteBudget::taken)
        .description("Request bodies in memory")
        .baseUnit("bytes")
        .register(meters);
    return new BodyReader(budget, properties.bodyTimeout(), clock);
  }

  @Bean
  RequestLimitFilter requestLimitFilter(WebProperties properties, MeterRegistry meters) {
    return new RequestLimitFilter(properties.maxRequests(), meters);
  }

  @Bean
  LedgerPatienceFilter ledgerPatienceFilter(WebProperties properties) {
    return new LedgerPatienceFilter(properties.ledgerPatience());
  }
}
