package io.legwork.producer.waiting;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How many may wait.
 *
 * @param capacity how many requests may wait for the end of a task at the same time; further ones
 *     are answered at once
 */
@ConfigurationProperties("legwork.waiting")
record WaitingProperties(@DefaultValue("1000") int capacity) {

  /** Refuses bounds that make no sense. */
  WaitingProperties {
    if (capacity < 0) {
      throw new IllegalArgumentException(
          "legwork.waiting.capacity must not be negative: " + capacity);
    }
  }
}
