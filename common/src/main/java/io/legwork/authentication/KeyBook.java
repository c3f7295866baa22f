package io.legwork.authentication;

import io.legwork.access.ApiKey;
import io.legwork.access.Caller;
import io.legwork.access.KeyText;
import io.legwork.ledger.ApiKeys;
import io.legwork.problems.ProblemException;
import io.legwork.problems.ProblemType;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * All keys as of the last look at the ledger, so that no request has to ask it: not one with a
 * right key, and above all not one with a wrong key. What was revoked is refused within {@link
 * #PROMISE}: a book that is older proves nobody. Thread-safe.
 */
public final class KeyBook {

  /** How long a key that was revoked elsewhere may go on being taken for valid. */
  public static final Duration PROMISE = Duration.ofSeconds(5);

  private final Map<String, Entry> byHash = new ConcurrentHashMap<>();
  private final Map<UUID, Entry> byId = new ConcurrentHashMap<>();
  private final ApiKeys ledger;
  private final Map<String, Caller> configured;
  private final Map<UUID, Caller> configuredById;
  private final InstantSource clock;
  private final LongSupplier nanoTime;
  private long version;
  private volatile @Nullable Long readAt;

  /**
   * @param configured callers by the hash of their key that need no ledger
   * @param nanoTime tells how old the book is
   */
  KeyBook(
      ApiKeys ledger, Map<String, Caller> configured, InstantSource clock, LongSupplier nanoTime) {
    this.ledger = ledger;
    this.configured = Map.copyOf(configured);
    this.configuredById =
        configured.values().stream()
            .collect(Collectors.toUnmodifiableMap(Caller::key, Function.identity()));
    this.clock = clock;
    this.nanoTime = nanoTime;
  }

  /** A key, and when it was used here. Times that overtake one another do no harm. */
  private static final class Entry {

    private final ApiKey key;
    private final Caller caller;
    private volatile @Nullable Instant usedAt;

    private Entry(ApiKey key) {
      this.key = key;
      this.caller = key.caller();
    }
  }

  /**
   * Learns of what has changed.
   *
   * @throws io.legwork.ledger.LedgerException if the ledger cannot be reached
   */
  public synchronized void look() {
    long begun = nanoTime.getAsLong();
    for (ApiKey changed : ledger.changedSince(version)) {
      if (changed.revoked()) {
        forget(changed.id());
      } else {
        var entry = new Entry(changed);
        byHash.put(changed.hash(), entry);
        byId.put(changed.id(), entry);
      }
      version = changed.version();
    }
    readAt = begun;
  }

  private void forget(UUID id) {
    Entry entry = byId.remove(id);
    if (entry != null) {
      byHash.remove(entry.key.hash());
    }
  }

  /**
   * Who proves with a key who they are; empty if it is unknown, revoked or too old. Keys are looked
   * up by their hash: how long that takes tells of the hash only, which nobody can choose.
   *
   * @throws ProblemException if it is not known whether it was revoked
   */
  Optional<Caller> find(KeyText key) {
    String hash = key.hash();
    Caller fixed = configured.get(hash);
    if (fixed != null) {
      return Optional.of(fixed);
    }
    requireFresh();
    Entry entry = byHash.get(hash);
    Instant now = clock.instant();
    if (entry == null || !entry.key.isValidAt(now)) {
      return Optional.empty();
    }
    entry.usedAt = now;
    return Optional.of(entry.caller);
  }

  /**
   * Who a key belongs to; empty if it is unknown, revoked or too old.
   *
   * @throws ProblemException if it is not known whether it was revoked
   */
  Optional<Caller> find(UUID key) {
    Caller fixed = configuredById.get(key);
    if (fixed != null) {
      return Optional.of(fixed);
    }
    requireFresh();
    Entry entry = byId.get(key);
    return entry == null || !entry.key.isValidAt(clock.instant())
        ? Optional.empty()
        : Optional.of(entry.caller);
  }

  private void requireFresh() {
    Long read = readAt;
    if (read == null || nanoTime.getAsLong() - read > PROMISE.toNanos()) {
      throw new ProblemException(
          ProblemType.LEDGER_UNAVAILABLE,
          "it is not known which keys are valid, because the database cannot be reached");
    }
  }

  /**
   * Whether who was let in before would be let in now. While the ledger is away nobody is sent off:
   * there is nothing new to be seen then.
   */
  public boolean isStillValid(Caller caller) {
    Instant until = caller.until();
    if (until != null) {
      return clock.instant().isBefore(until);
    }
    Entry entry = byId.get(caller.key());
    return entry == null
        ? configuredById.containsKey(caller.key())
        : entry.key.isValidAt(clock.instant());
  }

  /**
   * Writes down which keys were used since the last time, and forgets those whose time is over.
   *
   * @throws io.legwork.ledger.LedgerException if the ledger cannot be reached; nothing is lost then
   */
  void writeUse() {
    Map<UUID, Instant> used = new HashMap<>();
    byId.forEach((id, entry) -> {
      Instant at = entry.usedAt;
      if (at != null) {
        used.put(id, at);
      }
    });
    ledger.used(used);
    used.forEach((id, at) -> {
      Entry entry = byId.get(id);
      if (entry != null && at.equals(entry.usedAt)) {
        entry.usedAt = null;
      }
    });
    forgetExpired();
  }

  private synchronized void forgetExpired() {
    Instant now = clock.instant();
    byId.values().stream()
        .filter(entry -> !entry.key.isValidAt(now))
        .map(entry -> entry.key.id())
        .toList()
        .forEach(this::forget);
  }
}
