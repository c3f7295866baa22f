package io.legwork.tracing;

import java.util.HexFormat;
import java.util.UUID;

/**
 * The ids of a task's spans. They follow from the task and the number of the attempt, so that each
 * attempt can refer to the one before it, which another process may have made, and nobody has to
 * store or send what the others are called.
 */
public final class TaskSpan {

  /** The odd number that a 64-bit golden ratio sequence advances by (SplitMix64). */
  private static final long STEP = 0x9E3779B97F4A7C15L;

  private TaskSpan() {}

  /** The id of the span in which a task was accepted. */
  public static String creation(UUID task) {
    return attempt(task, 0);
  }

  /**
   * The id of the span of an attempt.
   *
   * @param number of the attempt, from 1: its fencing token, which no other attempt of the task has
   */
  public static String attempt(UUID task, int number) {
    long mixed = mixed(task.getMostSignificantBits() ^ mixed(task.getLeastSignificantBits()));
    long id = mixed(mixed + number * STEP);
    return HexFormat.of().toHexDigits(id == 0 ? 1 : id);
  }

  /** The finalizer of SplitMix64: every bit of the argument changes half of the result's. */
  private static long mixed(long value) {
    long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
