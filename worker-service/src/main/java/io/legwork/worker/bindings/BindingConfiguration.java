package io.legwork.worker.bindings;

import io.legwork.worker.handlers.HandlerSource;
import io.legwork.worker.handlers.WorkerHandlersProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Offers the declared handlers. */
@Configuration(proxyBeanMethods = false)
class BindingConfiguration {

  @Bean
  HandlerSource declaredHandlers(WorkerHandlersProperties properties) {
    return new BindingFolder(properties.handlers());
  }
}
