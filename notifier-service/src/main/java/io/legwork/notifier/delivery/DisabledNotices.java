package io.legwork.notifier.delivery;

import io.legwork.ledger.DeliveryIntake;
import io.legwork.ledger.DeliveryTarget;
import io.legwork.ledger.NewDelivery;
import io.legwork.messaging.Topology;
import io.legwork.notification.Content;
import io.legwork.notification.Notification;
import io.legwork.subscription.BodyFormat;
import io.legwork.subscription.Subscription;
import io.legwork.task.Json;
import io.legwork.task.UuidV7;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tells that a subscription was disabled: its owner by mail, and operators through the exchange of
 * events. Each is a delivery of its own, tried again like any other.
 */
final class DisabledNotices {

  private static final JsonMapper JSON = JsonMapper.shared();

  private final DeliveryIntake intake;
  private final DueDeliveries dueDeliveries;
  private final UuidV7 ids;
  private final InstantSource clock;

  DisabledNotices(
      DeliveryIntake intake, DueDeliveries dueDeliveries, UuidV7 ids, InstantSource clock) {
    this.intake = intake;
    this.dueDeliveries = dueDeliveries;
    this.ids = ids;
    this.clock = clock;
  }

  /** Creates the deliveries. */
  void tell(Subscription subscription) {
    Notification notification = notification(subscription);
    List<NewDelivery> deliveries = new ArrayList<>();
    deliveries.add(
        delivery(
            notification,
            Destinations.OPERATORS + subscription.id(),
            Topology.EXCHANGE_EVENTS,
            BodyFormat.CLOUDEVENTS_BINARY));
    String owner = subscription.settings().owner();
    if (owner != null) {
      deliveries.add(
          delivery(
              notification, Destinations.OWNER + subscription.id(), owner, BodyFormat.STANDARD));
    }
    intake.create(deliveries, Duration.ZERO);
    deliveries.stream().map(NewDelivery::endpoint).forEach(dueDeliveries::expectMore);
  }

  private Notification notification(Subscription subscription) {
    Map<String, String> data =
        Map.of(
            "subscription", subscription.id().toString(),
            "tenant", subscription.tenant(),
            "name", subscription.settings().name(),
            "target", withoutQuery(subscription.settings().target()),
            "reason", String.valueOf(subscription.reason()));
    return new Notification(
        ids.next(),
        0,
        Notification.DISABLED,
        subscription.tenant(),
        null,
        subscription.id().toString(),
        clock.instant(),
        Json.of(JSON.writeValueAsBytes(data)),
        null,
        false);
  }

  /** Queries often hold secrets. */
  private static String withoutQuery(String target) {
    int query = target.indexOf('?');
    return query < 0 ? target : target.substring(0, query);
  }

  private static NewDelivery delivery(
      Notification notification, String name, String target, BodyFormat format) {
    return new NewDelivery(
        notification,
        name,
        new DeliveryTarget(target, null),
        name,
        Content.of(notification, format),
        false,
        Duration.ZERO);
  }
}
