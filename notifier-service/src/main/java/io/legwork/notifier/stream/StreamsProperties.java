package io.legwork.notifier.stream;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How events are streamed.
 *
 * @param limit how many streams may be open at the same time
 * @param tenantLimit how many of them one tenant may have; to be lowered where tenants share
 * @param buffer how many events may wait for a reader; one that is slower is cut off, and comes
 *     back to where it was
 * @param ping after how long without an event a sign of life is sent
 * @param pollInterval how often the ledger is asked for events that nobody told us of
 * @param progressInterval how often it is asked for the progress of tasks that somebody follows
 */
@ConfigurationProperties("legwork.streams")
record StreamsProperties(
    @DefaultValue("10000") int limit,
    @DefaultValue("10000") int tenantLimit,
    @DefaultValue("5000") int buffer,
    @DefaultValue("15s") Duration ping,
    @DefaultValue("100ms") Duration pollInterval,
    @DefaultValue("500ms") Duration progressInterval) {

  StreamsProperties {
    if (limit < 1
        || tenantLimit < 1
        || buffer < 1
        || !ping.isPositive()
        || !pollInterval.isPositive()
        || !progressInterval.isPositive()) {
      throw new IllegalArgumentException(
          "legwork.streams.limit, .tenant-limit, .buffer, .ping, .poll-interval and"
              + " .progress-interval must be positive");
    }
  }
}
