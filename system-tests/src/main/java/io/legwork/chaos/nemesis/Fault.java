package io.legwork.chaos.nemesis;

import io.legwork.chaos.stack.Stack;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Something that goes wrong in systems like this.
 *
 * @param name for people
 * @param part what it strikes; two faults never strike the same part at once
 * @param shortest how long it lasts at least
 * @param longest how long it lasts at most
 */
record Fault(String name, Part part, Duration shortest, Duration longest, Injection injection) {

  /** What a fault can strike. */
  enum Part {
    PRODUCER,
    NOTIFIER,
    WORKERS,
    BROKER,
    DATABASE
  }

  /** Does it. */
  interface Injection {
    Healing strike(Stack stack, RandomGenerator chance) throws Exception;
  }

  /**
   * How it is undone.
   *
   * @param detail what was struck, for people
   */
  record Healing(String detail, Cure cure) {

    /** For what passes by itself. */
    static Healing byItself(String detail) {
      return new Healing(detail, () -> {});
    }
  }

  /** Returns when what was taken away is there again. */
  interface Cure {
    void apply() throws Exception;
  }

  /** A fault that lasts for so many milliseconds. */
  static Fault lasting(
      String name, Part part, long fromMillis, long toMillis, Injection injection) {
    return new Fault(
        name, part, Duration.ofMillis(fromMillis), Duration.ofMillis(toMillis), injection);
  }

  /** A fault that is over as soon as it has happened. */
  static Fault sudden(String name, Part part, Injection injection) {
    return new Fault(name, part, Duration.ZERO, Duration.ZERO, injection);
  }

  Duration duration(RandomGenerator chance) {
    return shortest.equals(longest)
        ? shortest
        : Duration.ofMillis(chance.nextLong(shortest.toMillis(), longest.toMillis()));
  }
}
