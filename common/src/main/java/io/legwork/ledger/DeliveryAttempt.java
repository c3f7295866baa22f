package io.legwork.ledger;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What happened when a delivery was attempted.
 *
 * @param at when it was begun
 * @param duration how long it took
 * @param status the HTTP status, or null if there was no answer
 * @param error what went wrong, or null if nothing did
 * @param response the beginning of the answer, or null if there was none
 */
public record DeliveryAttempt(
    Instant at,
    Duration duration,
    @Nullable Integer status,
    @Nullable String error,
    @Nullable String response) {}
