package io.legwork.notifier.intake;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How events are consumed.
 *
 * @param prefetch how many are taken from the broker and handled together at most
 */
@ConfigurationProperties("legwork.events")
record IntakeProperties(@DefaultValue("500") int prefetch) {

  private static final int MOST = 10_000;

  IntakeProperties {
    if (prefetch < 1 || prefetch > MOST) {
      throw new IllegalArgumentException("legwork.events.prefetch must be from 1 to " + MOST);
    }
  }
}
