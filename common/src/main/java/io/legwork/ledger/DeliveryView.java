package io.legwork.ledger;

import io.legwork.events.EventKind;
import java.util.List;
import java.util.UUID;

/**
 * A delivery as people ask for it.
 *
 * @param event the id of the event, which the receiver sees as the id of the message
 * @param kind what the event announces
 * @param attempts what has been recorded, in order
 */
public record DeliveryView(
    UUID id,
    UUID event,
    EventKind kind,
    String url,
    DeliveryState state,
    List<DeliveryAttempt> attempts) {

  /** Takes a copy. */
  public DeliveryView {
    attempts = List.copyOf(attempts);
  }
}
