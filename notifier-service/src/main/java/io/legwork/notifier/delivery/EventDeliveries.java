package io.legwork.notifier.delivery;

import io.legwork.events.TaskEvent;
import io.legwork.ledger.AnnouncedTask;
import io.legwork.ledger.AnnouncedTasks;
import io.legwork.ledger.DeliveryIntake;
import io.legwork.ledger.DeliveryTarget;
import io.legwork.ledger.LeasedDelivery;
import io.legwork.ledger.NewDelivery;
import io.legwork.notification.Content;
import io.legwork.notification.Notification;
import io.legwork.notifier.delivery.Endpoints.Place;
import io.legwork.notifier.subscription.SubscriptionBook;
import io.legwork.secrets.ContentCipher;
import io.legwork.secrets.ContentCipher.Part;
import io.legwork.secrets.SecretUnreadableException;
import io.legwork.subscription.BodyFormat;
import io.legwork.subscription.Channel;
import io.legwork.subscription.Settings;
import io.legwork.subscription.Subscription;
import io.legwork.subscription.SubscriptionState;
import io.legwork.task.Json;
import io.legwork.task.KeptJson;
import io.legwork.task.TaskId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns events into deliveries to the callbacks of their tasks and to subscriptions. The first
 * attempt is made right after the commit; what there is no room for is left in the ledger as due.
 * Thread-safe.
 */
public final class EventDeliveries {

  private static final Logger LOG = LoggerFactory.getLogger(EventDeliveries.class);

  private final AnnouncedTasks tasks;
  private final ContentCipher contents;
  private final SubscriptionBook book;
  private final DeliveryIntake intake;
  private final Endpoints endpoints;
  private final DeliveryRuns runs;
  private final DueDeliveries dueDeliveries;
  private final InstantSource clock;
  private final Duration lease;

  EventDeliveries(
      AnnouncedTasks tasks,
      ContentCipher contents,
      SubscriptionBook book,
      DeliveryIntake intake,
      Endpoints endpoints,
      DeliveryRuns runs,
      DueDeliveries dueDeliveries,
      InstantSource clock,
      Duration lease) {
    this.tasks = tasks;
    this.contents = contents;
    this.book = book;
    this.intake = intake;
    this.endpoints = endpoints;
    this.runs = runs;
    this.dueDeliveries = dueDeliveries;
    this.clock = clock;
    this.lease = lease;
  }

  /**
   * Learns of the subscriptions that were committed before this call.
   *
   * @return the version of the latest change that is known now
   * @throws io.legwork.ledger.LedgerException if the ledger cannot be reached
   */
  public long look() {
    return book.look();
  }

  /** Whether there are subscriptions, as of the last look. */
  public boolean haveSubscribers() {
    return book.hasOpen();
  }

  /** Whether somebody may want to be told about the event, as of the last look. */
  public boolean concerns(TaskEvent event) {
    return isForCallback(event) || !book.candidates(event).isEmpty();
  }

  private static boolean isForCallback(TaskEvent event) {
    return event.callback() && event.kind().isTerminal();
  }

  /**
   * Creates the deliveries in one commit, to all subscriptions that were committed before this
   * call; those that were created before are skipped.
   *
   * @throws io.legwork.ledger.LedgerException if nothing was created or that is not known; to
   *     create the same again is harmless
   */
  public void create(List<TaskEvent> events) {
    List<NewDelivery> deliveries = new ArrayList<>();
    Map<UUID, Place> places = new HashMap<>();
    try {
      AnnouncedTasks.Found found =
          tasks.find(events.stream().map(TaskEvent::task).toList(), EventData.LARGEST_RESULT);
      book.lookUpTo(found.subscriptions());
      for (TaskEvent event : events) {
        AnnouncedTask task = found.tasks().get(event.task());
        if (task == null || !task.tenant().equals(event.tenant())) {
          LOG.atWarn().addKeyValue("task", event.task()).log("delivery.task.unknown");
        } else {
          add(event, task, deliveries, places);
        }
      }
      if (!deliveries.isEmpty()) {
        start(deliveries, intake.create(deliveries, lease), places);
      }
    } finally {
      places.values().forEach(Place::leave);
    }
  }

  private void add(
      TaskEvent event, AnnouncedTask task, List<NewDelivery> deliveries, Map<UUID, Place> places) {
    KeptJson kept = task.result();
    Json result = kept == null ? null : opened(task.id(), kept);
    boolean confidential = kept != null && kept.isSealed() && result != null;
    Notification notification =
        Notification.of(
            event.inTrace(task.traceparent()), EventData.of(event, task, result), confidential);
    DeliveryTarget callback = task.callback();
    if (callback != null && isForCallback(event)) {
      Content content = Content.of(notification, BodyFormat.STANDARD);
      String endpoint = Endpoint.of(callback.url());
      deliveries.add(
          placed(
              new NewDelivery(
                  notification,
                  NewDelivery.CALLBACK,
                  callback,
                  endpoint,
                  content,
                  true,
                  Duration.ZERO),
              places));
    }
    for (Subscription subscription : book.candidates(event)) {
      if (subscription.settings().filter().passes(task.tags())) {
        deliveries.add(placed(delivery(notification, subscription), places));
      }
    }
  }

  /** Nobody is told a result that cannot be read here; it can be fetched once the key is set. */
  private @Nullable Json opened(TaskId task, KeptJson result) {
    try {
      return contents.open(Part.RESULT, task.value(), result);
    } catch (SecretUnreadableException unreadable) {
      LOG.atError()
          .addKeyValue("task", task)
          .addKeyValue("reason", unreadable.getMessage())
          .log(
              "delivery.result.unreadable: it is told without the result; configure the key it was"
                  + " sealed with in LEGWORK_SECRETS_KEYS");
      return null;
    }
  }

  private NewDelivery delivery(Notification notification, Subscription subscription) {
    Settings settings = subscription.settings();
    boolean atOnce =
        settings.channel() != Channel.EMAIL && subscription.state() == SubscriptionState.ACTIVE;
    return new NewDelivery(
        notification,
        subscription.target(),
        new DeliveryTarget(settings.target(), null),
        subscription.target(),
        Content.of(notification, settings.format()),
        atOnce,
        untilTheEndOfThePeriod(settings.digest()));
  }

  /** Mails of one period are due at the same time, and so sent as one. */
  private Duration untilTheEndOfThePeriod(Duration period) {
    return period.isZero() ? Duration.ZERO : period.minusMillis(clock.millis() % period.toMillis());
  }

  /** Enters what may be attempted at once, if there is room for it. */
  private NewDelivery placed(NewDelivery wanted, Map<UUID, Place> places) {
    boolean leased = wanted.leased() && endpoints.hasRoom(wanted.endpoint());
    if (leased) {
      Place former = places.put(wanted.id(), endpoints.enter(wanted.endpoint()));
      if (former != null) {
        former.leave();
      }
    }
    return leased == wanted.leased() ? wanted : wanted.unleased();
  }

  private void start(List<NewDelivery> deliveries, Set<UUID> created, Map<UUID, Place> places) {
    Set<String> left = new HashSet<>();
    for (NewDelivery delivery : deliveries) {
      if (created.contains(delivery.id())) {
        Place place = places.remove(delivery.id());
        if (place != null) {
          runs.start(List.of(LeasedDelivery.of(delivery)), place);
        } else if (delivery.delay().isZero()) {
          left.add(delivery.endpoint());
        }
      }
    }
    if (!left.isEmpty()) {
      left.removeAll(book.paused());
      left.forEach(dueDeliveries::expectMore);
    }
  }
}
