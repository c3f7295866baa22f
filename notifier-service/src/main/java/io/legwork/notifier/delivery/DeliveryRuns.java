package io.legwork.notifier.delivery;

import io.legwork.ledger.DeliveryLeases;
import io.legwork.ledger.LeasedDelivery;
import io.legwork.ledger.LedgerException;
import io.legwork.notifier.delivery.DeliveryAttempts.Made;
import io.legwork.notifier.delivery.Endpoints.Place;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The leased deliveries of this process, each on a virtual thread of its own, where it waits for
 * its turn, is attempted and recorded. Thread-safe.
 */
final class DeliveryRuns {

  private static final Logger LOG = LoggerFactory.getLogger(DeliveryRuns.class);

  private final Map<UUID, Run> runs = new ConcurrentHashMap<>();
  private final DeliveryAttempts attempts;
  private final DeliveryLeases leases;
  private final WebhooksProperties properties;
  private final InstantSource clock;
  private volatile Runnable whenRoom = () -> {};

  DeliveryRuns(
      DeliveryAttempts attempts,
      DeliveryLeases leases,
      WebhooksProperties properties,
      InstantSource clock) {
    this.attempts = attempts;
    this.leases = leases;
    this.properties = properties;
    this.clock = clock;
  }

  /** Sets what is called whenever there is room for some more. */
  void whenRoom(Runnable action) {
    whenRoom = action;
  }

  /**
   * Attempts what has just been leased.
   *
   * @param deliveries several to the same mailbox, otherwise one
   * @param place was entered for them and is left when all is done
   */
  void start(List<LeasedDelivery> deliveries, Place place) {
    Run run = new Run(deliveries, place, clock.instant().plus(properties.lease()));
    runs.put(run.id(), run);
    var _ = Thread.ofVirtual().name("delivery-" + run.id()).start(run);
  }

  /** Gives back what is still waiting for its turn, and waits for attempts under way to end. */
  void stop() {
    release(runs.values().stream().filter(Run::take).flatMap(run -> run.ids().stream()).toList());
    Instant deadline = clock.instant().plus(properties.timeout()).plusSeconds(2);
    for (Run run : runs.values()) {
      run.await(Duration.between(clock.instant(), deadline));
    }
    release(runs.values().stream().flatMap(run -> run.ids().stream()).toList());
  }

  private void release(Collection<UUID> deliveries) {
    if (deliveries.isEmpty()) {
      return;
    }
    try {
      leases.release(deliveries);
    } catch (LedgerException unreachable) {
      LOG.atWarn()
          .addKeyValue("deliveries", deliveries.size())
          .addKeyValue("reason", unreachable.getMessage())
          .log("delivery.release.failed");
    }
  }

  /** Leased deliveries that are attempted together. */
  private final class Run implements Runnable {

    private final AtomicBoolean taken = new AtomicBoolean();
    private final CountDownLatch done = new CountDownLatch(1);
    private final List<LeasedDelivery> deliveries;
    private final Place place;
    private final Instant leaseEnd;

    private Run(List<LeasedDelivery> deliveries, Place place, Instant leaseEnd) {
      this.deliveries = deliveries;
      this.place = place;
      this.leaseEnd = leaseEnd;
    }

    private UUID id() {
      return deliveries.getFirst().id();
    }

    private List<UUID> ids() {
      return deliveries.stream().map(LeasedDelivery::id).toList();
    }

    /** Answers true to the first who asks: it alone attempts the delivery or gives it back. */
    private boolean take() {
      return taken.compareAndSet(false, true);
    }

    private void await(Duration time) {
      try {
        if (!done.await(time.toNanos(), TimeUnit.NANOSECONDS)) {
          LOG.atWarn().addKeyValue("delivery", id()).log("delivery.abandoned");
        }
      } catch (InterruptedException impatient) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public void run() {
      try {
        takeTurn();
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
      } finally {
        runs.remove(id(), this);
        done.countDown();
        if (place.leave()) {
          whenRoom.run();
        }
      }
    }

    private void takeTurn() throws InterruptedException {
      if (!place.begin(properties.patience())) {
        if (take()) {
          release(ids());
        }
        return;
      }
      @Nullable Made made = null;
      try {
        if (take()) {
          made = attempts.make(deliveries, place);
        }
      } finally {
        // The receiver is done with it: the next one need not wait until this one is recorded.
        place.end();
      }
      if (made != null) {
        attempts.record(made, leaseEnd);
      }
    }
  }
}
