package io.legwork.producer.submission;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The task types that can be submitted: those that some worker has handled. The ledger is asked
 * again only for a type that is not among those known, and not more often than a few times a
 * second. Thread-safe.
 */
final class KnownTypes {

  private static final Duration FRESH = Duration.ofMillis(250);
  private static final int MOST_TOLD = 30;

  private final Supplier<Set<String>> ledger;
  private final InstantSource clock;
  private volatile Set<String> types = Set.of();
  private Instant askedAt = Instant.MIN;

  KnownTypes(Supplier<Set<String>> ledger, InstantSource clock) {
    this.ledger = ledger;
    this.clock = clock;
  }

  /** Whether tasks of the type can be submitted. */
  boolean contains(String type) {
    if (types.contains(type)) {
      return true;
    }
    refresh();
    return types.contains(type);
  }

  /** The types, as a list for the sender. */
  String list() {
    Set<String> sorted = new TreeSet<>(types);
    if (sorted.isEmpty()) {
      return "none, because no worker has started yet";
    }
    String list = sorted.stream().limit(MOST_TOLD).collect(Collectors.joining(", "));
    int others = sorted.size() - MOST_TOLD;
    return others > 0 ? "%s and %d others".formatted(list, others) : list;
  }

  private synchronized void refresh() {
    Instant now = clock.instant();
    if (askedAt.isBefore(now.minus(FRESH))) {
      types = Set.copyOf(ledger.get());
      askedAt = now;
    }
  }
}
