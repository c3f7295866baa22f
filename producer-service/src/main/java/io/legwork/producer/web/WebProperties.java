package io.legwork.producer.web;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How much is read from clients, and how long they wait.
 *
 * @param maxRequests how many requests are handled at the same time, those that wait for a task
 *     among them; further ones are answered 503
 * @param bodyTimeout how long a body may take to arrive
 * @param ledgerPatience how long a question to the ledger may take before it is answered 503
 * @param bodyMemory how much memory all bodies that are being handled may take; an eighth of the
 *     heap unless given
 */
@ConfigurationProperties("legwork.web")
record WebProperties(
    @DefaultValue("1500") int maxRequests,
    @DefaultValue("30s") Duration bodyTimeout,
    @DefaultValue("1700ms") Duration ledgerPatience,
    @Nullable DataSize bodyMemory) {

  private static final int HEAP_PARTS = 8;

  WebProperties {
    if (maxRequests < 1) {
      throw new IllegalArgumentException(
          "legwork.web.max-requests is %d; it must be at least 1".formatted(maxRequests));
    }
  }

  long bodyMemoryBytes() {
    return bodyMemory == null
        ? Runtime.getRuntime().maxMemory() / HEAP_PARTS
        : bodyMemory.toBytes();
  }
}
