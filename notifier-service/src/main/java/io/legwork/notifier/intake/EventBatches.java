package io.legwork.notifier.intake;

import com.rabbitmq.client.Delivery;
import io.legwork.events.Announcement;
import io.legwork.events.TaskEvent;
import io.legwork.ledger.LedgerException;
import io.legwork.messaging.Parking;
import io.legwork.messaging.UnreadableMessageException;
import io.legwork.notifier.delivery.EventDeliveries;
import io.legwork.notifier.stream.EventFollower;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Does what a batch of messages asks for: wakes those who follow the events, creates deliveries,
 * and parks what cannot be read. For one thread.
 */
final class EventBatches {

  private final EventFollower follower;
  private final EventDeliveries deliveries;
  private final Parking parking;

  /** What was known of subscriptions when events were checked last; nothing yet. */
  private long checked = -1;

  EventBatches(EventFollower follower, EventDeliveries deliveries, Parking parking) {
    this.follower = follower;
    this.deliveries = deliveries;
    this.parking = parking;
  }

  /** An event and the message it came in. */
  private record Concerned(Delivery message, TaskEvent event) {}

  /** For how many events deliveries are created in one commit. */
  private static final int TOGETHER = 500;

  /**
   * Handles the batch; when it returns, all of it is committed or confirmed.
   *
   * @return the events that concern nobody, as far as is known: they have to be given to {@link
   *     #check} before they may be forgotten
   * @throws LedgerException if the ledger cannot be reached; the batch may be handled again
   * @throws java.util.concurrent.CompletionException if something could not be parked; the same
   *     holds
   */
  List<TaskEvent> handle(List<Delivery> batch) {
    follower.wake();
    List<TaskEvent> others = new ArrayList<>();
    List<Concerned> concerned = new ArrayList<>();
    List<CompletableFuture<Void>> parked = new ArrayList<>();
    for (Delivery message : batch) {
      try {
        for (TaskEvent event : Announcement.decode(message.getBody())) {
          if (deliveries.concerns(event)) {
            concerned.add(new Concerned(message, event));
          } else {
            others.add(event);
          }
        }
      } catch (UnreadableMessageException unreadable) {
        parked.add(park(message, message.getBody(), unreadable.reason()));
      }
    }
    for (int from = 0; from < concerned.size(); from += TOGETHER) {
      create(concerned.subList(from, Math.min(from + TOGETHER, concerned.size())), parked);
    }
    CompletableFuture.allOf(parked.toArray(CompletableFuture[]::new)).join();
    return others;
  }

  /**
   * Tells those who have subscribed since the last look, but before the events happened.
   *
   * @param others what concerned nobody
   * @throws LedgerException if the ledger cannot be reached; the same may be checked again
   */
  void check(List<TaskEvent> others) {
    if (others.isEmpty()) {
      return;
    }
    // Others look at the subscriptions, too: what is new may have been found since an event was
    // handled.
    long known = deliveries.look();
    if (known != checked) {
      List<TaskEvent> concerned = others.stream().filter(deliveries::concerns).toList();
      if (!concerned.isEmpty()) {
        deliveries.create(concerned);
      }
      checked = known;
    }
  }

  /** Cuts a batch that fails in two, until what is wrong with it stands alone and is parked. */
  private void create(List<Concerned> concerned, List<CompletableFuture<Void>> parked) {
    try {
      deliveries.create(concerned.stream().map(Concerned::event).toList());
    } catch (RuntimeException failure) {
      if (failure instanceof LedgerException && !LedgerException.blamesOneRow(failure)) {
        throw failure;
      }
      if (concerned.size() == 1) {
        Concerned alone = concerned.getFirst();
        parked.add(park(alone.message(), alone.event().encode(), String.valueOf(failure)));
      } else {
        int middle = concerned.size() / 2;
        create(concerned.subList(0, middle), parked);
        create(concerned.subList(middle, concerned.size()), parked);
      }
    }
  }

  private CompletableFuture<Void> park(Delivery message, byte[] body, String reason) {
    return parking.park(message.getEnvelope(), message.getProperties(), body, reason);
  }
}
