package io.legwork.producer.accounting;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How often it is proved that every accepted task is open or finished.
 *
 * @param interval from the beginning of one comparison of all tasks to that of the next one, at
 *     least: with many tasks a comparison takes longer, because it takes no more than a twentieth
 *     of one connection's time
 */
@ConfigurationProperties("legwork.accounting")
record AccountingProperties(@DefaultValue("15s") Duration interval) {

  /** Never without a rest. */
  AccountingProperties {
    if (!interval.isPositive()) {
      throw new IllegalArgumentException(
          "legwork.accounting.interval must be positive: " + interval);
    }
  }
}
