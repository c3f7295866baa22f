package io.legwork.notifier.delivery;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * When a failed delivery is attempted again.
 *
 * @param waits one for each failure that is followed by another attempt
 * @param random lengthens a wait by up to a fifth, so that what failed together does not come back
 *     together
 */
record RetrySchedule(List<Duration> waits, RandomGenerator random) {

  private static final int JITTER_DIVISOR = 5;

  /** How long a receiver may ask us to wait. */
  private static final Duration LONGEST = Duration.ofHours(24);

  RetrySchedule {
    waits = List.copyOf(waits);
  }

  /**
   * How long to wait after a failure.
   *
   * @param failures how many there have been, at least 1
   * @param asked how long the receiver asked us to wait, zero if it did not
   * @return empty if no attempt follows
   */
  Optional<Duration> after(int failures, Duration asked) {
    if (failures > waits.size()) {
      return Optional.empty();
    }
    Duration planned = waits.get(failures - 1);
    Duration bounded = asked.compareTo(LONGEST) > 0 ? LONGEST : asked;
    Duration wait = bounded.compareTo(planned) > 0 ? bounded : planned;
    return Optional.of(wait.plusMillis(random.nextLong(wait.toMillis() / JITTER_DIVISOR + 1)));
  }
}
