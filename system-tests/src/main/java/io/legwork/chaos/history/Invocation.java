package io.legwork.chaos.history;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A submission is about to be sent. Every time it is sent is a call of its own.
 *
 * @param call ties it to its {@link Completion}, which is missing if nobody waited for the answer
 * @param key its idempotency key, or null
 * @param orders one, or those of a batch
 */
public record Invocation(long call, long at, Kind kind, @Nullable String key, List<Order> orders) {

  /** How it was sent. */
  public enum Kind {
    /** For the first time, or again because nobody knew what became of it. */
    SUBMIT,
    /** Again although it was answered, which must change nothing. */
    REPLAY,
    /** With the key of another order, which must be refused. */
    CONFLICT,
    /** Several at once. */
    BATCH
  }

  /** Takes a copy. */
  public Invocation {
    orders = List.copyOf(orders);
  }
}
