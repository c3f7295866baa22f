package io.legwork.chaos.nemesis;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * When which fault strikes; the same for the same seed. Every fault has its turn before one comes
 * again, and some begin before the one before is healed.
 */
record Schedule(List<Strike> strikes) {

  private static final long SHORTEST_GAP_MILLIS = 2_000;
  private static final long LONGEST_GAP_MILLIS = 12_000;

  /**
   * One fault.
   *
   * @param at how long after the beginning
   * @param lasting until it is healed
   * @param seed decides what else is left to chance
   */
  record Strike(int number, Duration at, Fault fault, Duration lasting, long seed) {}

  Schedule {
    strikes = List.copyOf(strikes);
  }

  static List<Fault> catalogue() {
    return Stream.of(
            ServiceFaults.all(),
            FailpointFaults.all(),
            BrokerFaults.all(),
            DatabaseFaults.all(),
            LinkFaults.all())
        .flatMap(List::stream)
        .toList();
  }

  /** A schedule whose last fault strikes before the time is over. */
  static Schedule of(long seed, Duration time) {
    var chance = new Random(seed);
    Deque<Fault> coming = new ArrayDeque<>();
    var strikes = new ArrayList<Strike>();
    var at = gap(chance);
    while (at.compareTo(time) < 0) {
      if (coming.isEmpty()) {
        coming.addAll(shuffled(chance));
      }
      var fault = coming.pop();
      strikes.add(
          new Strike(strikes.size() + 1, at, fault, fault.duration(chance), chance.nextLong()));
      at = at.plus(gap(chance));
    }
    return new Schedule(strikes);
  }

  private static List<Fault> shuffled(Random chance) {
    var faults = new ArrayList<>(catalogue());
    Collections.shuffle(faults, chance);
    return faults;
  }

  private static Duration gap(Random chance) {
    return Duration.ofMillis(chance.nextLong(SHORTEST_GAP_MILLIS, LONGEST_GAP_MILLIS));
  }
}
