package io.legwork.chaos.history;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Points in time as the histories note them. */
public final class Micros {

  private Micros() {}

  /** Now, in microseconds since 1970. */
  public static long now() {
    return of(Instant.now());
  }

  /** A point in time, in microseconds since 1970. */
  public static long of(Instant time) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, time);
  }
}
