package io.legwork.chaos.load;

import java.net.URI;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What the load is made of. Shares are of 1.
 *
 * @param kinds what the tasks do, each with its share
 * @param batched the share of the tasks that come in batches
 * @param called the share of the tasks that ask for a webhook
 * @param delayed the share of the tasks that are not to start at once
 * @param repeated the share of the submissions that are sent again although they were answered
 * @param cancelled the share of the tasks that somebody tries to cancel
 * @param watched the share of the tasks that somebody looks at
 */
public record Mix(
    List<Share> kinds,
    double batched,
    double called,
    double delayed,
    double repeated,
    double cancelled,
    double watched) {

  /** A kind of tasks, and how many of all are of it. */
  public record Share(Work kind, double share) {}

  /** Kinds of tasks: what the handler is told to do. */
  public enum Work {
    /** A few milliseconds. */
    QUICK("chaos.quick", 5, 10),
    /** Two seconds. */
    SLOW("chaos.slow", 2_000, 10),
    /** Longer than a worker may be silent. */
    MEDIUM("chaos.slow", 8_000, 10),
    /** Much longer than that. */
    LONG("chaos.long", 20_000, 10),
    /** Fails a few times. */
    FLAKY("chaos.flaky", 5, 10),
    /** Fails every time. */
    BROKEN("chaos.broken", 5, 3),
    /** Takes its worker along, every time. */
    HALT("chaos.halt", 50, 2),
    /** Of a type that nobody handles: must be refused. */
    UNKNOWN("chaos.unknown", 5, 1);

    private final String type;
    private final int millis;
    private final int maxAttempts;

    Work(String type, int millis, int maxAttempts) {
      this.type = type;
      this.millis = millis;
      this.maxAttempts = maxAttempts;
    }

    String type() {
      return type;
    }

    int millis() {
      return millis;
    }

    int maxAttempts() {
      return maxAttempts;
    }
  }

  /** Everything there is, as in a system that many people use. */
  public static final Mix EVERYTHING =
      new Mix(
          List.of(
              new Share(Work.SLOW, 0.03),
              new Share(Work.LONG, 0.002),
              new Share(Work.FLAKY, 0.05),
              new Share(Work.BROKEN, 0.01),
              new Share(Work.UNKNOWN, 0.002),
              // One of them ends two processes with all they have in hand; the nemesis ends enough.
              new Share(Work.HALT, 0.00003),
              new Share(Work.QUICK, 1)),
          0.1,
          0.1,
          0.05,
          0.03,
          0.02,
          0.2);

  /** Takes a copy. */
  public Mix {
    kinds = List.copyOf(kinds);
  }

  /** Tasks of one kind, some of them in batches, called for, repeated and looked at. */
  public static Mix of(Work kind) {
    return new Mix(List.of(new Share(kind, 1)), 0.3, 0.1, 0, 0.1, 0, 0.2);
  }

  /** The first kind whose share chance falls into; the last takes what is left. */
  Work choose(RandomGenerator chance) {
    double drawn = chance.nextDouble();
    for (Share share : kinds) {
      drawn -= share.share();
      if (drawn < 0) {
        return share.kind();
      }
    }
    return kinds.getLast().kind();
  }

  boolean asksForWebhook(RandomGenerator chance, @Nullable URI receiver) {
    return receiver != null && chance.nextDouble() < called;
  }
}
