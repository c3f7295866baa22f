package io.legwork.producer.web;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How much is read from clients.
 *
 * @param bodyTimeout how long a body may take to arrive
 * @param bodyMemory how much memory all bodies that are being handled may take; an eighth of the
 *     heap unless given
 */
@ConfigurationProperties("legwork.web")
record WebProperties(@DefaultValue("30s") Duration bodyTimeout, @Nullable DataSize bodyMemory) {

  private static final int HEAP_PARTS = 8;

  long bodyMemoryBytes() {
    return bodyMemory == null
        ? Runtime.getRuntime().maxMemory() / HEAP_PARTS
        : bodyMemory.toBytes();
  }
}
