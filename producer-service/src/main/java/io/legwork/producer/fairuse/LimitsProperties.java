package io.legwork.producer.fairuse;

import io.legwork.ledger.TenantLimits;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * What every tenant may use that has no limits of its own. What is not set is not limited.
 *
 * @param submissionsPerSecond tasks a second, over all keys of the tenant
 * @param keySubmissionsPerSecond tasks a second with each key
 * @param openTasks tasks that are not over
 * @param payloadBytesPerDay bytes of the bodies of submissions in a day, by UTC
 */
@ConfigurationProperties("legwork.limits")
record LimitsProperties(
    @Nullable Integer submissionsPerSecond,
    @Nullable Integer keySubmissionsPerSecond,
    @Nullable Integer openTasks,
    @Nullable Long payloadBytesPerDay) {

  /** Refuses limits that let nothing through: whoever may do nothing needs no key. */
  LimitsProperties {
    requirePositive("submissions-per-second", submissionsPerSecond);
    requirePositive("key-submissions-per-second", keySubmissionsPerSecond);
    requirePositive("open-tasks", openTasks);
    requirePositive("payload-bytes-per-day", payloadBytesPerDay);
  }

  private static void requirePositive(String name, @Nullable Number value) {
    if (value != null && value.longValue() < 1) {
      throw new IllegalArgumentException(
          "legwork.limits.%s must be at least 1: %s; leave it out for no limit"
              .formatted(name, value));
    }
  }

  TenantLimits limits() {
    return new TenantLimits(
        submissionsPerSecond, keySubmissionsPerSecond, openTasks, payloadBytesPerDay);
  }
}
