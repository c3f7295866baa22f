package io.legwork.ledger;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which deliveries are asked for; what is null does not matter.
 *
 * @param name {@link NewDelivery#CALLBACK} or the id of a subscription
 * @param type what they announce
 * @param since their events happened at this time or later
 * @param before only deliveries with a lower id
 */
public record DeliveryFilter(
    String tenant,
    @Nullable String name,
    @Nullable DeliveryState state,
    @Nullable String type,
    @Nullable Instant since,
    @Nullable UUID before) {}
