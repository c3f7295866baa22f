package io.legwork.producer.submission;

import io.legwork.ledger.LedgerDataSource;
import io.legwork.ledger.LedgerDataSource.Limit;
import io.legwork.ledger.LedgerException;
import io.legwork.task.TypeDefinition;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The task types that can be submitted: those that some worker has handled, with what their
 * handlers say of them. The ledger is asked again for a type that is not among those known, not
 * more often than a few times a second, and now and then for what has changed. Thread-safe.
 */
final class KnownTypes {

  private static final Logger LOG = LoggerFactory.getLogger(KnownTypes.class);
  private static final Duration FRESH = Duration.ofMillis(250);

  /** How long a definition is used before it is looked up again. */
  private static final Duration STALE = Duration.ofSeconds(2);

  /** How long looking them up again may take. */
  private static final Duration RENEWAL = Duration.ofSeconds(1);

  private static final int MOST_TOLD = 30;

  private final Supplier<Map<String, TypeDefinition>> ledger;
  private final InstantSource clock;
  private volatile Map<String, KnownType> types = Map.of();
  private volatile Instant askedAt = Instant.MIN;
  private final AtomicReference<@Nullable CompletableFuture<Map<String, KnownType>>> asking =
      new AtomicReference<>();
  private final AtomicBoolean renewing = new AtomicBoolean();

  KnownTypes(Supplier<Map<String, TypeDefinition>> ledger, InstantSource clock) {
    this.ledger = ledger;
    this.clock = clock;
  }

  /** The type of that name, if tasks of it can be submitted. */
  Optional<KnownType> find(String type) {
    if (!types.containsKey(type)) {
      refresh();
    } else if (isOlderThan(STALE) && renewing.compareAndSet(false, true)) {
      Thread.ofVirtual().name("known-types").start(this::renew);
    }
    return Optional.ofNullable(types.get(type));
  }

  /** The types, as a list for the sender. */
  String list() {
    Set<String> sorted = new TreeSet<>(types.keySet());
    if (sorted.isEmpty()) {
      return "none, because no worker has started yet";
    }
    String list = sorted.stream().limit(MOST_TOLD).collect(Collectors.joining(", "));
    int others = sorted.size() - MOST_TOLD;
    return others > 0 ? "%s and %d others".formatted(list, others) : list;
  }

  private boolean isOlderThan(Duration age) {
    return askedAt.isBefore(clock.instant().minus(age));
  }

  private void refresh() {
    if (isOlderThan(FRESH)) {
      types = ask();
      askedAt = clock.instant();
    }
  }

  /**
   * What is known serves as long as nothing newer can be learnt, and nobody waits for that. Whoever
   * asks for an unknown type meanwhile shares this question, so it is a short one.
   */
  private void renew() {
    try (Limit _ = LedgerDataSource.limit(RENEWAL)) {
      refresh();
    } catch (LedgerException unavailable) {
      LOG.atDebug().addKeyValue("reason", unavailable.getMessage()).log("types.not_renewed");
    } finally {
      renewing.set(false);
    }
  }

  /** One question at a time; whoever comes while it is under way shares its answer. */
  private Map<String, KnownType> ask() {
    var mine = new CompletableFuture<Map<String, KnownType>>();
    CompletableFuture<Map<String, KnownType>> running = asking.compareAndExchange(null, mine);
    if (running != null) {
      return shared(running);
    }
    try {
      Map<String, KnownType> answer = known(ledger.get());
      mine.complete(answer);
      return answer;
    } catch (RuntimeException failure) {
      mine.completeExceptionally(failure);
      throw failure;
    } finally {
      asking.set(null);
    }
  }

  private Map<String, KnownType> known(Map<String, TypeDefinition> definitions) {
    Map<String, KnownType> earlier = types;
    Map<String, KnownType> known = HashMap.newHashMap(definitions.size());
    definitions.forEach(
        (name, definition) -> known.put(name, KnownType.of(definition, earlier.get(name))));
    return Map.copyOf(known);
  }

  private static Map<String, KnownType> shared(CompletableFuture<Map<String, KnownType>> running) {
    try {
      return running.join();
    } catch (CompletionException failure) {
      if (failure.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw failure;
    }
  }
}
