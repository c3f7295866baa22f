package io.legwork.access;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A key as the ledger knows it.
 *
 * @param version grows with every change of any key
 * @param hash of its text
 * @param lastUsedAt about when it was used last, null if it never was
 * @param revoked whether it is of no use any more; {@code expiresAt} tells the same of time
 */
public record ApiKey(
    UUID id,
    long version,
    String tenant,
    String hash,
    KeySettings settings,
    Instant createdAt,
    @Nullable Instant expiresAt,
    @Nullable Instant lastUsedAt,
    boolean revoked) {

  /** Whether its time is not over. */
  public boolean isValidAt(Instant time) {
    return !revoked && (expiresAt == null || time.isBefore(expiresAt));
  }

  /** Who proves with it who they are. */
  public Caller caller() {
    return Caller.withKey(id, settings.name(), tenant, settings.roles(), settings.scope());
  }
}
