package io.legwork.task;

import java.util.Optional;
import java.util.UUID;

/** The identity of a task: a UUIDv7, so that ids sort by the time of submission. */
public record TaskId(UUID value) implements Comparable<TaskId> {

  private static final int CANONICAL_LENGTH = 36;

  /**
   * Reads the canonical form (36 characters, hyphens included).
   *
   * @return empty if the text is anything else
   */
  public static Optional<TaskId> parse(String text) {
    if (text.length() != CANONICAL_LENGTH) {
      return Optional.empty();
    }
    try {
      return Optional.of(new TaskId(UUID.fromString(text)));
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }

  @Override
  public int compareTo(TaskId other) {
    int high =
        Long.compareUnsigned(value.getMostSignificantBits(), other.value.getMostSignificantBits());
    return high != 0
        ? high
        : Long.compareUnsigned(
            value.getLeastSignificantBits(), other.value.getLeastSignificantBits());
  }

  /** The canonical form. */
  @Override
  public String toString() {
    return value.toString();
  }
}
