package io.legwork.handler.testing;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands still until it is set. Thread-safe. */
public final class TestClock implements InstantSource {

  private volatile Instant now;

  TestClock(Instant start) {
    this.now = start;
  }

  @Override
  public Instant instant() {
    return now;
  }

  /** Lets time pass. */
  public void advance(Duration time) {
    now = now.plus(time);
  }
}
