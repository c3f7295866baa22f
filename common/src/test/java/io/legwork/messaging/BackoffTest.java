package io.legwork.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackoffTest {

  private static final Duration FIRST = Duration.ofMillis(100);
  private static final Duration LONGEST = Duration.ofSeconds(5);

  private final Backoff backoff = new Backoff(FIRST, LONGEST, new SplittableRandom(1));

  @Test
  void doublesUpToTheLongestWait() {
    assertWithin(1, FIRST);
    assertWithin(2, FIRST.multipliedBy(2));
    assertWithin(6, FIRST.multipliedBy(32));
    assertWithin(7, LONGEST);
  }

  @Test
  void staysAtTheLongestWaitHoweverOftenItFailed() {
    assertWithin(40, LONGEST);
    assertWithin(Integer.MAX_VALUE, LONGEST);
  }

  private void assertWithin(int failures, Duration bound) {
    assertThat(IntStream.range(0, 1_000).mapToLong(i -> backoff.nanos(failures)))
        .allMatch(nanos -> nanos >= bound.toNanos() / 2 && nanos <= bound.toNanos());
  }
}
