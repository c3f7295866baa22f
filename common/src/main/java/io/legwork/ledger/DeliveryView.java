package io.legwork.ledger;

import io.legwork.task.TaskId;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A delivery as people ask for it.
 *
 * @param event the id of the event, which the receiver sees as the id of the message
 * @param task the task it is about, or null
 * @param type what it announces
 * @param name {@link NewDelivery#CALLBACK} or the id of a subscription
 * @param attemptCount how many attempts have been recorded
 * @param nextAttemptAt when the next attempt is due, or null if none follows
 * @param attempts what has been recorded, in order, if it was asked for
 */
public record DeliveryView(
    UUID id,
    UUID event,
    @Nullable TaskId task,
    String type,
    String name,
    String url,
    DeliveryState state,
    int attemptCount,
    Instant createdAt,
    @Nullable Instant endedAt,
    @Nullable Instant nextAttemptAt,
    List<DeliveryAttempt> attempts) {

  /** Takes a copy. */
  public DeliveryView {
    attempts = List.copyOf(attempts);
  }

  DeliveryView with(List<DeliveryAttempt> recorded) {
    return new DeliveryView(
        id,
        event,
        task,
        type,
        name,
        url,
        state,
        attemptCount,
        createdAt,
        endedAt,
        nextAttemptAt,
        recorded);
  }
}
