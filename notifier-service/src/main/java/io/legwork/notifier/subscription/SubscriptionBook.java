package io.legwork.notifier.subscription;

import io.legwork.events.TaskEvent;
import io.legwork.ledger.Subscriptions;
import io.legwork.subscription.Subscription;
import io.legwork.subscription.SubscriptionState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * The subscriptions as of the last look at the ledger. Whoever has to know all changes that were
 * committed up to now looks first. Thread-safe.
 */
public final class SubscriptionBook {

  private final Map<UUID, Subscription> subscriptions = new ConcurrentHashMap<>();
  private final Subscriptions ledger;
  private long version;

  SubscriptionBook(Subscriptions ledger) {
    this.ledger = ledger;
  }

  /**
   * Learns of what has changed.
   *
   * @return the version of the latest change that is known now; whoever gets the same one twice has
   *     missed nothing in between, whoever else has looked
   * @throws io.legwork.ledger.LedgerException if the ledger cannot be reached
   */
  public synchronized long look() {
    for (Subscription changed : ledger.changedSince(version)) {
      if (changed.state() == SubscriptionState.DELETED) {
        subscriptions.remove(changed.id());
      } else {
        subscriptions.put(changed.id(), changed);
      }
      version = changed.version();
    }
    return version;
  }

  /**
   * Learns of the changes up to a version, which costs nothing if they are known.
   *
   * @throws io.legwork.ledger.LedgerException if the ledger cannot be reached
   */
  public synchronized void lookUpTo(long latest) {
    if (version < latest) {
      var _ = look();
    }
  }

  /**
   * Those that may concern an event: whether they do depends on the tags of the task. What happened
   * before a subscription was created does not concern it, however late its message comes.
   */
  public List<Subscription> candidates(TaskEvent event) {
    return subscriptions.values().stream()
        .filter(it -> it.tenant().equals(event.tenant()))
        .filter(it -> !event.at().isBefore(it.createdAt()))
        .filter(it -> isOpen(it) && it.settings().filter().mayPass(event))
        .toList();
  }

  /** Whether there is a subscription that deliveries are created for. */
  public boolean hasOpen() {
    return subscriptions.values().stream().anyMatch(SubscriptionBook::isOpen);
  }

  /** Whether deliveries are created for it. */
  private static boolean isOpen(Subscription subscription) {
    return subscription.state() == SubscriptionState.ACTIVE
        || subscription.state() == SubscriptionState.PAUSED;
  }

  /** The subscription of a name that deliveries have; empty if it is deleted or none. */
  public Optional<Subscription> find(String name) {
    try {
      return Optional.ofNullable(subscriptions.get(UUID.fromString(name)));
    } catch (IllegalArgumentException noId) {
      return Optional.empty();
    }
  }

  /** The names of those whose deliveries are kept back. */
  public Set<String> paused() {
    return subscriptions.values().stream()
        .filter(it -> it.state() == SubscriptionState.PAUSED)
        .map(Subscription::target)
        .collect(Collectors.toUnmodifiableSet());
  }
}
