package io.legwork.ledger;

import org.jspecify.annotations.Nullable;

/**
 * What a tenant may use; null where nothing is said.
 *
 * @param submissionsPerSecond tasks a second, over all of its keys
 * @param keySubmissionsPerSecond tasks a second with each of its keys
 * @param openTasks tasks that are not over
 * @param payloadBytesPerDay bytes of the bodies of submissions in a day, by UTC
 */
public record TenantLimits(
    @Nullable Integer submissionsPerSecond,
    @Nullable Integer keySubmissionsPerSecond,
    @Nullable Integer openTasks,
    @Nullable Long payloadBytesPerDay) {

  /** Says nothing. */
  public static final TenantLimits NONE = new TenantLimits(null, null, null, null);

  /** These, and others where they say nothing. */
  public TenantLimits or(TenantLimits others) {
    return new TenantLimits(
        or(submissionsPerSecond, others.submissionsPerSecond),
        or(keySubmissionsPerSecond, others.keySubmissionsPerSecond),
        or(openTasks, others.openTasks),
        or(payloadBytesPerDay, others.payloadBytesPerDay));
  }

  private static <N extends Number> @Nullable N or(@Nullable N own, @Nullable N other) {
    return own == null ? other : own;
  }
}
