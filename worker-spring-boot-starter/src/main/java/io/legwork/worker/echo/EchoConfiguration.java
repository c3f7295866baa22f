package io.legwork.worker.echo;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;

/** Offers {@code echo}. */
@AutoConfiguration
class EchoConfiguration {

  @Bean
  EchoHandler echoHandler() {
    return new EchoHandler();
  }
}
