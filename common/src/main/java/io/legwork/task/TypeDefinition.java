package io.legwork.task;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the handler of a task type says of it: what holds for a task that does not say otherwise,
 * and what its payload has to be like.
 *
 * @param payloadSchema a JSON Schema (draft 2020-12), or null if anything may be submitted
 * @param timeout how long an attempt may take, from 1 ms to {@link #LONGEST_TIMEOUT}, or null
 * @param maxAttempts how many attempts a task has, from 1 to {@link #MOST_ATTEMPTS}, or null
 * @param retry how long to wait between attempts, or null
 */
public record TypeDefinition(
    String name,
    @Nullable Json payloadSchema,
    @Nullable Duration timeout,
    @Nullable Integer maxAttempts,
    @Nullable RetryPolicy retry) {

  /** The shortest time that an attempt can be given. */
  public static final Duration SHORTEST_TIMEOUT = Duration.ofMillis(1);

  /** The longest time that an attempt can be given. */
  public static final Duration LONGEST_TIMEOUT = Duration.ofHours(24);

  /** How many attempts a task can have. */
  public static final int MOST_ATTEMPTS = 100;

  /** Refuses bounds that a task could not have either. */
  public TypeDefinition {
    if (timeout != null
        && (timeout.compareTo(SHORTEST_TIMEOUT) < 0 || timeout.compareTo(LONGEST_TIMEOUT) > 0)) {
      throw new IllegalArgumentException("timeout must be from 1 ms to 24 h: " + timeout);
    }
    if (maxAttempts != null && (maxAttempts < 1 || maxAttempts > MOST_ATTEMPTS)) {
      throw new IllegalArgumentException(
          "maxAttempts must be from 1 to %d: %d".formatted(MOST_ATTEMPTS, maxAttempts));
    }
  }

  /** A type of which nothing else is known. */
  public static TypeDefinition of(String name) {
    return new TypeDefinition(name, null, null, null, null);
  }
}
