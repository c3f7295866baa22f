package io.legwork.messaging;

import org.jspecify.annotations.Nullable;

/**
 * Whether the publisher can publish.
 *
 * @param reason why it cannot, and empty if it can
 * @param fault what no waiting can mend, a {@link TopologyMismatchException} or an {@link
 *     UnsuitableBrokerException}; otherwise null
 */
public record PublisherCondition(State state, String reason, @Nullable RuntimeException fault) {

  /** What it is waiting for, if anything. */
  public enum State {
    /** For the first connection since it was started. */
    WAITING,
    /** For nothing. */
    PUBLISHING,
    /** For the broker to have memory and disk again. */
    BLOCKED,
    /** For a new connection in place of one it has lost. */
    DISCONNECTED,
    /** For an operator: the broker, or a queue or exchange in it, is not what is needed. */
    UNSUITABLE
  }

  PublisherCondition(State state, String reason) {
    this(state, reason, null);
  }

  /** Whether what the publisher is given is on its way to the broker at once. */
  public boolean isPublishing() {
    return state == State.PUBLISHING;
  }
}
