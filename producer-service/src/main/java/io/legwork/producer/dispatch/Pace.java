package io.legwork.producer.dispatch;

import io.legwork.ledger.TaskTypes;
import io.legwork.messaging.TaskGroup;
import io.legwork.process.RepeatedWork;
import java.time.Duration;
import java.util.Map;

/**
 * How many tasks of a type may travel in one message: as many as are run one after the other in 20
 * ms, as workers have seen it of late. So a message keeps no work from other workers that would be
 * worth giving them, and tasks of a type that nobody has run yet, or that takes its time, travel
 * alone. Thread-safe.
 */
final class Pace implements RepeatedWork.Work {

  private static final Duration TOGETHER = Duration.ofMillis(20);

  private final TaskTypes types;
  private volatile Map<String, Duration> runTimes = Map.of();

  Pace(TaskTypes types) {
    this.types = types;
  }

  /** From 1 to {@link TaskGroup#MOST}. */
  int together(String type) {
    Duration runTime = runTimes.get(type);
    return runTime == null
        ? 1
        : Math.clamp(TOGETHER.toNanos() / Math.max(1, runTime.toNanos()), 1, TaskGroup.MOST);
  }

  /** Looks at what workers have told. */
  @Override
  public boolean round() {
    runTimes = types.runTimes();
    return false;
  }
}
