package io.legwork.worker.handlers;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where handlers come from, besides those built in.
 *
 * @param handlers the folder whose jars hold handlers and what they depend on, and whose YAML files
 *     declare others; none when left out or empty
 */
@ConfigurationProperties("legwork.worker")
public record WorkerHandlersProperties(@Nullable Path handlers) {

  /** An empty setting names no folder. */
  public WorkerHandlersProperties {
    if (handlers != null && handlers.toString().isBlank()) {
      handlers = null;
    }
  }
}
