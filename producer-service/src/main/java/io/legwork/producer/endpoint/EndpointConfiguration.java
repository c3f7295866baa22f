package io.legwork.producer.endpoint;

import io.legwork.outbound.OutboundPolicy;
import io.legwork.outbound.OutboundProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Offers the policy that is asked before a URL is stored; the notifier asks it again. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(OutboundProperties.class)
class EndpointConfiguration {

  @Bean
  OutboundPolicy outboundPolicy(OutboundProperties properties) {
    return new OutboundPolicy(properties);
  }
}
