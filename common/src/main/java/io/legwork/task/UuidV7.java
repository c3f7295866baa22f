package io.legwork.task;

import java.time.Instant;
import java.time.InstantSource;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * Makes UUIDs of version 7 (RFC 9562, section 5.7): 48 bits of Unix time in milliseconds, then a
 * 12-bit counter (method 1 of section 6.2, "fixed bit-length dedicated counter"), then 62 random
 * bits.
 *
 * <p>Ids made by one instance strictly increase, also when the clock stands still or steps back:
 * the counter then carries into the time. Thread-safe.
 */
public final class UuidV7 {

  private static final int COUNTER_BITS = 12;
  private static final long VERSION = 0x7000L;
  private static final long VARIANT = 0x8000_0000_0000_0000L;
  private static final long RANDOM_MASK = 0x3FFF_FFFF_FFFF_FFFFL;

  private final InstantSource clock;
  private final RandomGenerator random;
  private long latest;

  /**
   * @param clock gives the time part
   * @param random gives the random part, and is asked by one thread at a time; uniqueness is the
   *     goal, unpredictability is not: an id is no secret
   */
  public UuidV7(InstantSource clock, RandomGenerator random) {
    this.clock = clock;
    this.random = random;
  }

  /** Ids with random parts of a quick generator that was seeded by chance. */
  public static UuidV7 of(InstantSource clock) {
    return new UuidV7(clock, new SplittableRandom());
  }

  /** A new id, greater than every id this instance made before. */
  public synchronized UUID next() {
    latest = Math.max(clock.millis() << COUNTER_BITS, latest + 1);
    long time = latest >>> COUNTER_BITS;
    long counter = latest & ((1L << COUNTER_BITS) - 1);
    return new UUID((time << 16) | VERSION | counter, (random.nextLong() & RANDOM_MASK) | VARIANT);
  }

  /** The lowest id of a time: ids made at or after it are not less. */
  public static UUID floor(Instant time) {
    return new UUID((time.toEpochMilli() << 16) | VERSION, VARIANT);
  }
}
