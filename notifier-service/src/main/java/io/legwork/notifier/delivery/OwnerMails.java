package io.legwork.notifier.delivery;

import io.legwork.ledger.DeliveryIntake;
import io.legwork.ledger.DeliveryTarget;
import io.legwork.ledger.NewDelivery;
import io.legwork.notification.Content;
import io.legwork.notification.Notification;
import io.legwork.subscription.BodyFormat;
import io.legwork.subscription.Subscription;
import io.legwork.task.Json;
import io.legwork.task.UuidV7;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Tells the owner of a subscription by mail that it was disabled, as a delivery of its own. */
final class OwnerMails {

  private static final JsonMapper JSON = JsonMapper.shared();

  private final DeliveryIntake intake;
  private final DueDeliveries dueDeliveries;
  private final UuidV7 ids;
  private final InstantSource clock;

  OwnerMails(DeliveryIntake intake, DueDeliveries dueDeliveries, UuidV7 ids, InstantSource clock) {
    this.intake = intake;
    this.dueDeliveries = dueDeliveries;
    this.ids = ids;
    this.clock = clock;
  }

  /** Creates the delivery; does nothing if there is nobody to tell. */
  void tell(Subscription subscription) {
    String owner = subscription.settings().owner();
    if (owner == null) {
      return;
    }
    Map<String, String> data =
        Map.of(
            "subscription", subscription.id().toString(),
            "name", subscription.settings().name(),
            "target", subscription.settings().target(),
            "reason", String.valueOf(subscription.reason()));
    Notification notification =
        new Notification(
            ids.next(),
            0,
            Notification.DISABLED,
            subscription.tenant(),
            null,
            subscription.id().toString(),
            clock.instant(),
            Json.of(JSON.writeValueAsBytes(data)));
    String name = Destinations.OWNER + subscription.id();
    intake.create(
        List.of(
            new NewDelivery(
                notification,
                name,
                new DeliveryTarget(owner, null),
                name,
                Content.of(notification, BodyFormat.STANDARD),
                false,
                Duration.ZERO)),
        Duration.ZERO);
    dueDeliveries.expectMore();
  }
}
