package io.legwork.notifier.intake;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How events are consumed.
 *
 * @param prefetch how many messages, of up to 100 events each, are taken from the broker and
 *     handled together at most
 * @param patience after how long an event whose message has not come is looked up in the ledger
 */
@ConfigurationProperties("legwork.events")
record IntakeProperties(@DefaultValue("100") int prefetch, @DefaultValue("10s") Duration patience) {

  private static final int MOST = 10_000;

  IntakeProperties {
    if (prefetch < 1 || prefetch > MOST) {
      throw new IllegalArgumentException("legwork.events.prefetch must be from 1 to " + MOST);
    }
    if (patience.toMillis() < 1) {
      throw new IllegalArgumentException("legwork.events.patience must be longer than 0");
    }
  }
}
