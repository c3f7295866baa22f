package io.legwork.worker.execution;

import io.legwork.ledger.LedgerException;
import io.legwork.ledger.TaskTypes;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How long attempts of each type run, on average of late; tells it to the ledger, where dispatchers
 * learn which tasks are quick enough to travel together. Thread-safe.
 */
final class RunTimes {

  /** How often {@link #tell} is to be called. */
  static final Duration PAUSE = Duration.ofSeconds(2);

  private static final Logger LOG = LoggerFactory.getLogger(RunTimes.class);

  /** A change that is worth telling. */
  private static final double WORTH_TELLING = 0.25;

  private final ConcurrentMap<String, Mean> means = new ConcurrentHashMap<>();
  private final TaskTypes types;

  RunTimes(TaskTypes types) {
    this.types = types;
  }

  /** An attempt of a type has ended after that time. */
  void add(String type, Duration time) {
    means.computeIfAbsent(type, _ -> new Mean()).add((double) time.toNanos());
  }

  /** Tells what has changed; does nothing but log if the ledger is away. */
  void tell() {
    Map<String, Duration> changed = new HashMap<>();
    means.forEach((type, mean) -> {
      if (mean.isWorthTelling()) {
        changed.put(type, mean.value());
      }
    });
    if (changed.isEmpty()) {
      return;
    }
    try {
      types.recordRunTimes(changed);
      changed.forEach((type, told) -> means.computeIfPresent(type, (_, mean) -> mean.told(told)));
    } catch (LedgerException unavailable) {
      LOG.atDebug().addKeyValue("reason", unavailable.getMessage()).log("run_times.not_taken");
    }
  }

  /** An exponentially weighted mean. */
  private static final class Mean {

    private static final double WEIGHT = 1.0 / 32;

    private double nanos = -1;
    private double toldNanos;

    private synchronized void add(double time) {
      nanos = nanos < 0 ? time : nanos + WEIGHT * (time - nanos);
    }

    private synchronized boolean isWorthTelling() {
      return Math.abs(nanos - toldNanos) > WORTH_TELLING * toldNanos;
    }

    private synchronized Duration value() {
      return Duration.ofNanos((long) nanos);
    }

    private synchronized Mean told(Duration value) {
      toldNanos = (double) value.toNanos();
      return this;
    }
  }
}
