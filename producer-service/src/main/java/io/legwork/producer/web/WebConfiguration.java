package io.legwork.producer.web;

import io.legwork.tracing.Tracing;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

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

  /** Ahead of all others, so that a request that they refuse has its span, too. */
  @Bean
  FilterRegistrationBean<ServerSpanFilter> serverSpanFilter(Tracing tracing, InstantSource clock) {
    var registration = new FilterRegistrationBean<>(new ServerSpanFilter(tracing, clock));
    registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
    registration.setEnabled(tracing.isOn());
    return registration;
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
