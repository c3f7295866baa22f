package io.legwork.worker.handlers;

import io.legwork.handler.Handler;
import java.nio.file.Path;
import java.util.List;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** Gathers the handlers when the worker starts. */
@AutoConfiguration
@EnableConfigurationProperties(WorkerHandlersProperties.class)
class HandlersConfiguration {

  @Bean
  HandlerRegistry handlerRegistry(
      List<Handler<?>> builtIn, List<HandlerSource> sources, WorkerHandlersProperties properties) {
    Path folder = properties.handlers();
    HandlerFolder jars = folder == null ? HandlerFolder.none() : HandlerFolder.open(folder);
    List<RegisteredHandler> others =
        sources.stream().flatMap(source -> source.handlers().stream()).toList();
    return HandlerRegistry.of(builtIn, jars, others);
  }
}
