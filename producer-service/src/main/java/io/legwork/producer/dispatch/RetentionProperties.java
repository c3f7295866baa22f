package io.legwork.producer.dispatch;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * For how long the ledger keeps what is over.
 *
 * @param finishedTasks a task with its input, result, attempts and events, from its end on; at
 *     least, and up to a week longer
 * @param idempotencyKeys a key, from its first use on: within that time it stands for one task
 */
@ConfigurationProperties("legwork.retention")
record RetentionProperties(
    @DefaultValue("30d") Duration finishedTasks, @DefaultValue("7d") Duration idempotencyKeys) {

  /** A key must not outlive what it stands for, and events must be there for who resumes. */
  RetentionProperties {
    if (finishedTasks.compareTo(Duration.ofDays(1)) < 0) {
      throw new IllegalArgumentException(
          "legwork.retention.finished-tasks must be at least 1 day: " + finishedTasks);
    }
    if (!idempotencyKeys.isPositive() || idempotencyKeys.compareTo(finishedTasks) > 0) {
      throw new IllegalArgumentException(
          "legwork.retention.idempotency-keys must be positive and at most finished-tasks: "
              + idempotencyKeys);
    }
  }
}
