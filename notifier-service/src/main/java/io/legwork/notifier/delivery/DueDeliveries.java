package io.legwork.notifier.delivery;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import io.legwork.ledger.DeliveryLeases;
import io.legwork.ledger.DeliveryRoom;
import io.legwork.ledger.LeasedDelivery;
import io.legwork.ledger.LedgerException;
import io.legwork.notifier.subscription.SubscriptionBook;
import io.legwork.subscription.Channel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes what is due out of the ledger as room allows: retries, what did not fit when it was new,
 * and what another notifier left undone. Asks at regular times, and at once when there is more to
 * do and room for it.
 */
final class DueDeliveries {

  private static final Logger LOG = LoggerFactory.getLogger(DueDeliveries.class);

  private final Semaphore wake = new Semaphore(0);
  private final SubscriptionBook book;
  private final Endpoints endpoints;
  private final DeliveryLeases leases;
  private final DeliveryRuns runs;
  private final Duration lease;
  private final Duration interval;
  private final Thread thread = Thread.ofPlatform().name("due-deliveries").unstarted(this::run);
  private volatile boolean stopped;
  private boolean failing;

  DueDeliveries(
      SubscriptionBook book,
      Endpoints endpoints,
      DeliveryLeases leases,
      DeliveryRuns runs,
      WebhooksProperties properties) {
    this.book = book;
    this.endpoints = endpoints;
    this.leases = leases;
    this.runs = runs;
    this.lease = properties.lease();
    this.interval = properties.pollInterval();
  }

  void start() {
    runs.whenRoom(wake::release);
    thread.start();
  }

  /** Takes nothing more; returns when no deliveries are being taken. */
  void stop() throws InterruptedException {
    stopped = true;
    wake.release();
    thread.join();
  }

  /**
   * There are deliveries in the ledger that are due.
   *
   * @param endpoint to where
   */
  void expectMore(String endpoint) {
    if (endpoints.expectMore(endpoint)) {
      wake.release();
    }
  }

  private void run() {
    while (!stopped) {
      try {
        var _ = wake.tryAcquire(interval.toNanos(), TimeUnit.NANOSECONDS);
        wake.drainPermits();
        if (!stopped) {
          takeDue();
        }
      } catch (InterruptedException impatient) {
        stopped = true;
      }
    }
  }

  private void takeDue() {
    try {
      var _ = book.look();
      DeliveryRoom room = endpoints.room(book.paused());
      if (room.total() == 0) {
        return;
      }
      List<LeasedDelivery> due = leases.claim(room, lease);
      endpoints.found(room, due.stream().collect(groupingBy(LeasedDelivery::endpoint, counting())));
      start(due);
      failing = false;
    } catch (LedgerException unreachable) {
      if (!failing) {
        LOG.atWarn().addKeyValue("reason", unreachable.getMessage()).log("deliveries.claim.failed");
      }
      failing = true;
    }
  }

  /** What is due to the same mailbox goes in one mail. */
  private void start(List<LeasedDelivery> due) {
    Map<String, List<LeasedDelivery>> mails = new LinkedHashMap<>();
    for (LeasedDelivery delivery : due) {
      if (isMail(delivery)) {
        mails.computeIfAbsent(delivery.endpoint(), _ -> new ArrayList<>()).add(delivery);
      } else {
        runs.start(List.of(delivery), endpoints.enter(delivery.endpoint()));
      }
    }
    mails.forEach((endpoint, together) -> runs.start(together, endpoints.enter(endpoint)));
  }

  private boolean isMail(LeasedDelivery delivery) {
    return book.find(delivery.name())
        .filter(it -> it.settings().channel() == Channel.EMAIL)
        .isPresent();
  }
}
