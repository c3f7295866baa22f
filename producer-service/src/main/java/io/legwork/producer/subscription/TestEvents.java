package io.legwork.producer.subscription;

import io.legwork.ledger.DeliveryIntake;
import io.legwork.ledger.DeliveryTarget;
import io.legwork.ledger.NewDelivery;
import io.legwork.notification.Content;
import io.legwork.notification.Notification;
import io.legwork.subscription.Subscription;
import io.legwork.task.Json;
import io.legwork.task.UuidV7;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.json.JsonMapper;

/** Sends events that try a subscription: a notifier delivers them like any other. */
final class TestEvents {

  private static final JsonMapper JSON = JsonMapper.shared();

  private final DeliveryIntake intake;
  private final UuidV7 ids;
  private final InstantSource clock;

  TestEvents(DeliveryIntake intake, UuidV7 ids, InstantSource clock) {
    this.intake = intake;
    this.ids = ids;
    this.clock = clock;
  }

  /** Creates the delivery and gives its id. */
  UUID send(Subscription subscription) {
    Notification notification =
        new Notification(
            ids.next(),
            0,
            Notification.TEST,
            subscription.tenant(),
            null,
            subscription.id().toString(),
            clock.instant(),
            Json.of(
                JSON.writeValueAsBytes(
                    Map.of(
                        "subscription",
                        subscription.id().toString(),
                        "name",
                        subscription.settings().name()))),
            null,
            false);
    NewDelivery delivery =
        new NewDelivery(
            notification,
            subscription.target(),
            new DeliveryTarget(subscription.settings().target(), null),
            subscription.target(),
            Content.of(notification, subscription.settings().format()),
            false,
            Duration.ZERO);
    intake.create(List.of(delivery), Duration.ZERO);
    return delivery.id();
  }
}
