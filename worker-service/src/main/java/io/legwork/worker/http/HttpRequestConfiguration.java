package io.legwork.worker.http;

import java.net.http.HttpClient;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Offers {@code http.request}. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(HttpRequestProperties.class)
class HttpRequestConfiguration {

  @Bean(destroyMethod = "shutdown")
  HttpRequestHandler httpRequestHandler(HttpRequestProperties limits) {
    return handler(limits, InstantSource.system());
  }

  static HttpRequestHandler handler(HttpRequestProperties limits, InstantSource clock) {
    HttpClient client =
        HttpClient.newBuilder()
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(limits.connectTimeout())
            .build();
    return new HttpRequestHandler(client, new OutboundPolicy(), limits, clock);
  }
}
