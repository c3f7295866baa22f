package io.legwork.notifier;

import io.legwork.ledger.ProcessIdentity;
import io.legwork.task.UuidV7;
import io.legwork.tracing.TracingConfiguration;
import java.time.Clock;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** What all features need: the time, ids, and who this process is. */
@Configuration(proxyBeanMethods = false)
@Import(TracingConfiguration.class)
class NotifierConfiguration {

  @Bean
  InstantSource clock() {
    return Clock.systemUTC();
  }

  @Bean
  UuidV7 ids(InstantSource clock) {
    return UuidV7.of(clock);
  }

  @Bean
  ProcessIdentity process(UuidV7 ids) {
    return ProcessIdentity.current(ids.next(), "notifier-service");
  }
}
