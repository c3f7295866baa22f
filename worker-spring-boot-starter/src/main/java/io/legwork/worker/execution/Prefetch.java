package io.legwork.worker.execution;

import io.legwork.messaging.TaskGroup;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * How many messages of one queue and priority the broker hands over before the first is
 * acknowledged: as many as can run of the types that come, and as many again, up to a bound, to be
 * at hand when those end. So a worker of few slow tasks keeps few from the others, and one of many
 * quick tasks does not wait for the broker. Thread-safe.
 */
final class Prefetch {

  /** Until it is known what comes: little to keep from others for a second. */
  private static final int FIRST = 20;

  /** What waits beyond what can run: more would not be quicker, it would only be held here. */
  private static final int MOST_AHEAD = 200;

  /** Of messages with many tasks each: while one is acknowledged others are at hand. */
  private static final int LEAST = 8;

  /** How many messages the average is taken over. */
  private static final double AVERAGED = 16;

  /** How long a type counts that has not come again. */
  private static final Duration MEMORY = Duration.ofMinutes(1);

  private final Lanes lanes;
  private final int fixed;
  private final ConcurrentMap<String, Long> seen = new ConcurrentHashMap<>();
  private double tasksPerMessage = 1;
  private volatile int size;

  /**
   * @param fixed what somebody has decided on; 0 to derive it
   */
  Prefetch(Lanes lanes, int fixed) {
    this.lanes = lanes;
    this.fixed = fixed;
    this.size = fixed > 0 ? fixed : FIRST;
  }

  /** The number to consume with. */
  int size() {
    return size;
  }

  /** A message with these tasks has come. */
  synchronized void seen(TaskGroup group) {
    if (fixed == 0) {
      seen.put(group.tasks().getFirst().type(), System.nanoTime());
      tasksPerMessage += (group.tasks().size() - tasksPerMessage) / AVERAGED;
    }
  }

  /**
   * Looks at what has come lately.
   *
   * @return whether the size is another now; it shrinks only if it is far too large, because every
   *     change costs a few requests
   */
  synchronized boolean adapt() {
    long now = System.nanoTime();
    seen.values().removeIf(at -> now - at > MEMORY.toNanos());
    int permits = lanes.permitsOf(seen.keySet());
    int tasks = permits + Math.min(permits, MOST_AHEAD);
    int wanted = Math.max(Math.min(tasks, LEAST), (int) Math.ceil(tasks / tasksPerMessage));
    if (permits == 0 || (wanted <= size && 2 * wanted > size)) {
      return false;
    }
    size = wanted;
    return true;
  }
}
