package io.legwork.notifier.delivery;

import io.legwork.events.TaskEvent;
import io.legwork.ledger.CallbackTask;
import io.legwork.ledger.CallbackTasks;
import io.legwork.ledger.DeliveryIntake;
import io.legwork.ledger.LeasedDelivery;
import io.legwork.ledger.NewDelivery;
import io.legwork.notifier.delivery.Endpoints.Place;
import io.legwork.task.TaskId;
import io.legwork.task.UuidV7;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns events into webhooks to the callbacks of their tasks. The first attempt is made right after
 * the commit; what there is no room for is left in the ledger as due. Thread-safe.
 */
public final class CallbackDeliveries {

  private static final Logger LOG = LoggerFactory.getLogger(CallbackDeliveries.class);

  private final CallbackTasks tasks;
  private final DeliveryIntake intake;
  private final Endpoints endpoints;
  private final DeliveryRuns runs;
  private final DueDeliveries dueDeliveries;
  private final UuidV7 ids;
  private final Duration lease;

  CallbackDeliveries(
      CallbackTasks tasks,
      DeliveryIntake intake,
      Endpoints endpoints,
      DeliveryRuns runs,
      DueDeliveries dueDeliveries,
      UuidV7 ids,
      WebhooksProperties properties) {
    this.tasks = tasks;
    this.intake = intake;
    this.endpoints = endpoints;
    this.runs = runs;
    this.dueDeliveries = dueDeliveries;
    this.ids = ids;
    this.lease = properties.lease();
  }

  /** Whether the event is announced to a callback. */
  public static boolean concerns(TaskEvent event) {
    return event.callback() && event.kind().isTerminal();
  }

  /**
   * Creates the deliveries in one commit; an event for which that was done before is skipped.
   *
   * @throws io.legwork.ledger.LedgerException if nothing was created or that is not known; to
   *     create the same again is harmless
   */
  public void create(List<TaskEvent> events) {
    List<NewDelivery> deliveries = new ArrayList<>();
    Map<UUID, Place> places = new HashMap<>();
    try {
      Map<TaskId, CallbackTask> found =
          tasks.find(events.stream().map(TaskEvent::task).toList(), WebhookBody.LARGEST_RESULT);
      for (TaskEvent event : events) {
        CallbackTask task = found.get(event.task());
        if (task == null || !task.tenant().equals(event.tenant())) {
          LOG.atWarn().addKeyValue("task", event.task()).log("delivery.task.unknown");
        } else {
          deliveries.add(delivery(event, task, places));
        }
      }
      start(deliveries, intake.create(deliveries, lease), places);
    } finally {
      places.values().forEach(Place::leave);
    }
  }

  private NewDelivery delivery(TaskEvent event, CallbackTask task, Map<UUID, Place> places) {
    UUID id = ids.next();
    String endpoint = Endpoint.of(task.target().url());
    boolean leased = endpoints.hasRoom(endpoint);
    if (leased) {
      places.put(id, endpoints.enter(endpoint));
    }
    return new NewDelivery(
        id,
        event,
        NewDelivery.CALLBACK,
        task.target(),
        endpoint,
        WebhookBody.of(event, task),
        leased);
  }

  private void start(List<NewDelivery> deliveries, Set<UUID> created, Map<UUID, Place> places) {
    boolean more = false;
    for (NewDelivery delivery : deliveries) {
      if (created.contains(delivery.id())) {
        Place place = places.remove(delivery.id());
        if (place == null) {
          more = true;
        } else {
          runs.start(LeasedDelivery.of(delivery), place);
        }
      }
    }
    if (more) {
      dueDeliveries.expectMore();
    }
  }
}
