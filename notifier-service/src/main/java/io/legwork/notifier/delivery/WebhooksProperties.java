package io.legwork.notifier.delivery;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How webhooks are delivered.
 *
 * @param signingSecret signs the webhooks of callbacks that name no secret of their own: {@code
 *     whsec_} and 24 to 64 random bytes in Base64; without one such webhooks are signed with a
 *     secret that is made up at every start
 * @param schedule how long to wait after each failed attempt, up to a fifth longer by chance; after
 *     the last one there is one more attempt
 * @param connectTimeout how long it may take to connect
 * @param timeout how long an attempt may take altogether
 * @param concurrency how many attempts may be under way at the same time
 * @param concurrencyPerEndpoint how many of them to the same host and port
 * @param pollInterval how often the ledger is asked for deliveries that are due
 * @param retention how long deliveries and their attempts are kept, on all channels
 */
@ConfigurationProperties("legwork.webhooks")
record WebhooksProperties(
    @Nullable String signingSecret,
    @DefaultValue({"5s", "5m", "30m", "2h", "5h", "10h", "14h", "20h", "24h"})
        List<Duration> schedule,
    @DefaultValue("5s") Duration connectTimeout,
    @DefaultValue("20s") Duration timeout,
    @DefaultValue("512") int concurrency,
    @DefaultValue("16") int concurrencyPerEndpoint,
    @DefaultValue("500ms") Duration pollInterval,
    @DefaultValue("30d") Duration retention) {

  /** Deliveries that are still to be made must not be dropped. */
  private static final Duration SHORTEST_RETENTION = Duration.ofDays(7);

  WebhooksProperties {
    schedule = List.copyOf(schedule);
    require(schedule.stream().noneMatch(Duration::isNegative), "schedule must not go back in time");
    require(connectTimeout.isPositive(), "connect-timeout must be positive");
    require(timeout.isPositive(), "timeout must be positive");
    require(pollInterval.isPositive(), "poll-interval must be positive");
    require(retention.compareTo(SHORTEST_RETENTION) >= 0, "retention must be at least 7 days");
    require(
        concurrencyPerEndpoint > 0 && concurrency >= concurrencyPerEndpoint,
        "concurrency-per-endpoint must be positive and at most concurrency");
  }

  /**
   * How long a process has for a delivery it has leased: to wait for its turn, to make the attempt
   * and to record what came of it.
   */
  Duration lease() {
    return timeout.multipliedBy(3);
  }

  /** How long a leased delivery may wait for its turn. */
  Duration patience() {
    return timeout;
  }

  /** Leaves the secret out, so that it cannot reach a log. */
  @Override
  public String toString() {
    return "WebhooksProperties[schedule=%s, timeout=%s]".formatted(schedule, timeout);
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException("legwork.webhooks." + message);
    }
  }
}
