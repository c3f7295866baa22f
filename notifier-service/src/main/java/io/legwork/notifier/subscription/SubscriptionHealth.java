package io.legwork.notifier.subscription;

import io.legwork.ledger.LedgerException;
import io.legwork.ledger.Subscriptions;
import io.legwork.subscription.Subscription;
import io.legwork.subscription.SubscriptionState;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows how the attempts of subscriptions end: notes since when one only fails, and disables it
 * when that has been too long or its receiver is gone. The ledger is written when something
 * changes, not with every attempt. Thread-safe.
 */
public final class SubscriptionHealth {

  private static final Logger LOG = LoggerFactory.getLogger(SubscriptionHealth.class);

  /** Another process may have noted a success since. */
  private static final Duration AGAIN = Duration.ofSeconds(30);

  /** When it was noted last that these fail. */
  private final Map<UUID, Instant> failing = new ConcurrentHashMap<>();

  private final Subscriptions ledger;
  private final InstantSource clock;
  private final Counter disabled;
  private volatile Consumer<Subscription> whenDisabled = subscription -> {};

  SubscriptionHealth(Subscriptions ledger, InstantSource clock, MeterRegistry meters) {
    this.ledger = ledger;
    this.clock = clock;
    this.disabled =
        Counter.builder("legwork.subscriptions.disabled")
            .description("Subscriptions that were disabled because their receivers failed")
            .register(meters);
  }

  /** Sets who tells of a subscription that was disabled; called once for each. */
  public void whenDisabled(Consumer<Subscription> action) {
    whenDisabled = action;
  }

  /** An attempt succeeded. */
  public void succeeded(Subscription subscription) {
    boolean wasFailing = failing.remove(subscription.id()) != null;
    if (wasFailing || subscription.failingSince() != null) {
      noting(() -> ledger.recovered(subscription.id()));
    }
  }

  /** An attempt failed. */
  public void failed(Subscription subscription, String reason) {
    Instant known = subscription.failingSince();
    Instant now = clock.instant();
    if (known == null) {
      Instant noted = failing.get(subscription.id());
      if (noted == null || noted.plus(AGAIN).isBefore(now)) {
        failing.put(subscription.id(), now);
        noting(() -> ledger.failing(subscription.id()));
      }
      return;
    }
    Duration lasting = Duration.between(known, now);
    if (lasting.compareTo(subscription.settings().limits().disableAfter()) > 0) {
      disable(subscription, "nothing but failures since %s: %s".formatted(known, reason));
    }
  }

  /** The receiver wants nothing more. */
  public void gone(Subscription subscription) {
    disable(subscription, "the receiver answered 410");
  }

  private void disable(Subscription subscription, String reason) {
    if (subscription.state() != SubscriptionState.ACTIVE) {
      return;
    }
    noting(() -> ledger.disable(subscription.id(), reason).ifPresent(this::tell));
  }

  private void tell(Subscription subscription) {
    failing.remove(subscription.id());
    disabled.increment();
    LOG.atWarn()
        .addKeyValue("subscription", subscription.id())
        .addKeyValue("tenant", subscription.tenant())
        .addKeyValue("reason", subscription.reason())
        .log("subscription.disabled: nothing more is sent to it until it is resumed");
    whenDisabled.accept(subscription);
  }

  /** What could not be noted now is noted by a later attempt. */
  private void noting(Runnable note) {
    try {
      note.run();
    } catch (LedgerException unreachable) {
      failing.clear();
      LOG.atDebug().addKeyValue("reason", unreachable.getMessage()).log("subscription.unnoted");
    }
  }
}
