package io.legwork.ledger;

import io.legwork.events.TaskEvent;
import io.legwork.task.Json;
import java.util.UUID;

/**
 * Somebody who is to be told about an event.
 *
 * @param id chosen by the service that creates it
 * @param name tells it from other deliveries of the event, such as {@link #CALLBACK}
 * @param endpoint the host and port of the target
 * @param body what is sent, with every attempt the same
 * @param leased whether its creator makes the first attempt itself, at once
 */
public record NewDelivery(
    UUID id,
    TaskEvent event,
    String name,
    DeliveryTarget target,
    String endpoint,
    Json body,
    boolean leased) {

  /** The name of the delivery to the task's own callback. */
  public static final String CALLBACK = "callback";
}
