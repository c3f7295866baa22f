package io.legwork.producer.submission;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

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
  private volatile Instant askedAt = Instant.MIN;
  private final AtomicReference<@Nullable CompletableFuture<Set<String>>> asking =
      new AtomicReference<>();

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

  private void refresh() {
    if (askedAt.isBefore(clock.instant().minus(FRESH))) {
      types = ask();
      askedAt = clock.instant();
    }
  }

  /** One question at a time; whoever comes while it is under way shares its answer. */
  private Set<String> ask() {
    var mine = new CompletableFuture<Set<String>>();
    CompletableFuture<Set<String>> running = asking.compareAndExchange(null, mine);
    if (running != null) {
      return shared(running);
    }
    try {
      Set<String> answer = Set.copyOf(ledger.get());
      mine.complete(answer);
      return answer;
    } catch (RuntimeException failure) {
      mine.completeExceptionally(failure);
      throw failure;
    } finally {
      asking.set(null);
    }
  }

  private static Set<String> shared(CompletableFuture<Set<String>> running) {
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
