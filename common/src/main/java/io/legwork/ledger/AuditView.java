package io.legwork.ledger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An action as the audit log tells it.
 *
 * @param status of HTTP that it was answered with; null if that is not known: it is under way, or
 *     the process ended over it
 * @param created where what it made is found, if it made something
 * @param endedAt null if the status is not known
 */
public record AuditView(
    long sequence,
    Instant at,
    AuditedAction action,
    @Nullable Integer status,
    @Nullable String created,
    @Nullable Instant endedAt) {}
