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
 * @param request the head of the request, or null if there was none
 * @param responseHead the head of the answer, or null if there was none
 * @param response the beginning of the answer's body, or null if there was none
 */
public record DeliveryAttempt(
    Instant at,
    Duration duration,
    @Nullable Integer status,
    @Nullable String error,
    @Nullable String request,
    @Nullable String responseHead,
    @Nullable String response) {}
