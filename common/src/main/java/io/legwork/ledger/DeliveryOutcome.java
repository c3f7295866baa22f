package io.legwork.ledger;

import java.time.Duration;
import java.util.UUID;

/**
 * How an attempt ended and what follows.
 *
 * @param state how the delivery stands now
 * @param delay when it is pending: how long until the next attempt, else zero
 */
public record DeliveryOutcome(
    UUID delivery, DeliveryState state, Duration delay, DeliveryAttempt attempt) {}
