package io.legwork.worker.http;

import io.legwork.outbound.OutboundClient;
import io.legwork.outbound.OutboundPolicy;
import io.legwork.outbound.OutboundProperties;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** Offers {@code http.request}, and the client for whoever else makes requests. */
@AutoConfiguration
@EnableConfigurationProperties({HttpRequestProperties.class, OutboundProperties.class})
class HttpRequestConfiguration {

  private static final Logger LOG = LoggerFactory.getLogger(HttpRequestConfiguration.class);

  @Bean
  OutboundPolicy outboundPolicy(OutboundProperties properties) {
    LOG.atInfo()
        .addKeyValue("addresses", properties.allow())
        .addKeyValue("schemes", properties.schemes())
        .addKeyValue("ports", properties.ports().isEmpty() ? "any" : properties.ports())
        .log("outbound.allowed: where requests may go that tasks ask for");
    return new OutboundPolicy(properties);
  }

  @Bean
  OutboundClient outboundClient(OutboundPolicy policy, HttpRequestProperties limits) {
    return new OutboundClient(policy, limits.connectTimeout());
  }

  @Bean
  HttpRequestHandler httpRequestHandler(
      OutboundClient client, OutboundPolicy policy, HttpRequestProperties limits) {
    return new HttpRequestHandler(client, policy, limits, InstantSource.system());
  }
}
