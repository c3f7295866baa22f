package io.legwork.authentication;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How many ids each key has asked for that there are not, or not for it. Who polls a few tasks that
 * are gone stays below the rate; who tries ids comes above it, and has to wait. What was missed is
 * forgotten at the rate, and the keys of which nothing is left once there is no room for others.
 * Thread-safe.
 */
final class Misses {

  /** How many seconds' misses may come at once. */
  private static final int AT_ONCE = 10;

  /** How many keys are watched; with some 100 bytes each. */
  private static final int MOST_KEYS = 10_000;

  private final Map<UUID, Missed> byKey = new ConcurrentHashMap<>();
  private final double perSecond;
  private final LongSupplier nanoTime;

  Misses(int perSecond, LongSupplier nanoTime) {
    this.perSecond = perSecond;
    this.nanoTime = nanoTime;
  }

  /** So many of them had not been forgotten at a time. */
  private record Missed(double count, long at) {}

  /** Whether a key may ask for one more thing that may not be there. */
  boolean allow(UUID key) {
    Missed missed = byKey.get(key);
    return missed == null || remembered(missed, nanoTime.getAsLong()) < AT_ONCE * perSecond;
  }

  /** Takes down that something was not there. With more keys than are watched none is added. */
  void missed(UUID key) {
    long now = nanoTime.getAsLong();
    if (byKey.size() >= MOST_KEYS && !byKey.containsKey(key)) {
      byKey.values().removeIf(missed -> remembered(missed, now) == 0);
      if (byKey.size() >= MOST_KEYS) {
        return;
      }
    }
    byKey.merge(
        key, new Missed(1, now), (before, _) -> new Missed(remembered(before, now) + 1, now));
  }

  private double remembered(Missed missed, long now) {
    double seconds = (double) (now - missed.at()) / TimeUnit.SECONDS.toNanos(1);
    return Math.max(0, missed.count() - seconds * perSecond);
  }
}
