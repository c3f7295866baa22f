package io.legwork.producer.submission;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How tasks are accepted.
 *
 * @param lanes how many commits may be under way at the same time
 * @param batchSize how many tasks one commit gathers
 * @param capacity how many tasks may wait to be written; further ones are refused with 503
 * @param backlog how many queued tasks there may be while nothing can be published; beyond it tasks
 *     are refused with 503
 * @param patience how long a single task may wait to be written before it is answered 503
 * @param batchPatience how long a batch may wait to be written before it is answered 503; if
 *     nothing at all is written any more, it waits no longer than a single task
 */
@ConfigurationProperties("legwork.submission")
record SubmissionProperties(
    @DefaultValue("2") int lanes,
    @DefaultValue("500") int batchSize,
    @DefaultValue("10000") int capacity,
    @DefaultValue("1000000") long backlog,
    @DefaultValue("1800ms") Duration patience,
    @DefaultValue("10s") Duration batchPatience) {

  /** Refuses bounds that make no sense. */
  SubmissionProperties {
    if (backlog < 1) {
      throw new IllegalArgumentException(
          "legwork.submission.backlog must be at least 1: " + backlog);
    }
    if (!patience.isPositive() || !batchPatience.isPositive()) {
      throw new IllegalArgumentException(
          "legwork.submission.patience and batch-patience must be positive: %s, %s"
              .formatted(patience, batchPatience));
    }
  }
}
