package io.legwork.worker.execution;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How much a worker takes on.
 *
 * @param concurrency how many tasks of one type run at the same time, unless the handler says, or
 *     is CPU-bound: then it is as many as there are cores
 * @param tasks how many tasks of all types together run at the same time
 * @param prefetch how many messages of one queue and priority the broker hands over ahead of time;
 *     0 derives it from how many tasks can run of the types that come
 * @param claimBatch how many tasks one claim gathers at most
 * @param outcomeBatch how many outcomes one commit gathers at most
 * @param holdDelivery how long an attempt runs before its message is acknowledged; from then on
 *     only the lease in the ledger tells that somebody works on it. Far below the broker's consumer
 *     timeout
 * @param stopGrace how long running tasks may go on once the worker is told to stop
 */
@ConfigurationProperties("legwork.worker")
public record WorkerProperties(
    @DefaultValue("64") int concurrency,
    @DefaultValue("10000") int tasks,
    @DefaultValue("0") int prefetch,
    @DefaultValue("500") int claimBatch,
    @DefaultValue("500") int outcomeBatch,
    @DefaultValue("1m") Duration holdDelivery,
    @DefaultValue("20s") Duration stopGrace) {

  /** Refuses bounds that make no sense. */
  public WorkerProperties {
    requirePositive("concurrency", concurrency);
    requirePositive("tasks", tasks);
    if (prefetch < 0) {
      throw new IllegalArgumentException(
          "legwork.worker.prefetch must not be negative: " + prefetch);
    }
    requirePositive("claim-batch", claimBatch);
    requirePositive("outcome-batch", outcomeBatch);
    requireNotNegative("hold-delivery", holdDelivery);
    requireNotNegative("stop-grace", stopGrace);
  }

  private static void requireNotNegative(String name, Duration value) {
    if (value.isNegative()) {
      throw new IllegalArgumentException(
          "legwork.worker.%s must not be negative: %s".formatted(name, value));
    }
  }

  private static void requirePositive(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(
          "legwork.worker.%s must be at least 1: %d".formatted(name, value));
    }
  }
}
