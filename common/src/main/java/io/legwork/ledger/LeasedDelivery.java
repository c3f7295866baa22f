package io.legwork.ledger;

import io.legwork.task.Json;
import java.util.UUID;

/**
 * A delivery that this process may attempt, and nobody else while the lease lasts.
 *
 * @param event the id of the event, which is also the id of the message
 * @param attempts how many attempts have been recorded
 * @param endpoint the host and port of the target
 */
public record LeasedDelivery(
    UUID id, UUID event, int attempts, String endpoint, DeliveryTarget target, Json body) {

  /** The delivery that was just created leased. */
  public static LeasedDelivery of(NewDelivery created) {
    return new LeasedDelivery(
        created.id(),
        created.event().id(),
        0,
        created.endpoint(),
        created.target(),
        created.body());
  }
}
