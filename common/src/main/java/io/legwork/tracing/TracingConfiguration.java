package io.legwork.tracing;

import io.legwork.ledger.ProcessIdentity;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Switches tracing on if there is a collector. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TracingProperties.class)
public class TracingConfiguration {

  @Bean
  Tracing tracing(TracingProperties properties, ProcessIdentity process, Environment environment) {
    return properties.isOn()
        ? new Tracing(
            new SpanExport(
                properties,
                environment.getProperty("spring.application.name", "legwork"),
                process.id().toString()),
            properties.sampling(),
            ThreadLocalRandom::current)
        : Tracing.OFF;
  }
}
