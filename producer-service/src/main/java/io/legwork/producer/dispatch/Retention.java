package io.legwork.producer.dispatch;

import io.legwork.ledger.IdempotencyKeys;
import io.legwork.ledger.SharedBuckets;
import io.legwork.ledger.TaskSpans;
import io.legwork.process.RepeatedWork;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Drops what the ledger has kept for long enough, and makes room for the tasks to come. */
final class Retention implements RepeatedWork.Work {

  private static final Logger LOG = LoggerFactory.getLogger(Retention.class);
  private static final int BATCH = 5_000;

  /** Those of a day are drawn on for no longer. */
  private static final Duration BUCKETS = Duration.ofDays(2);

  private final TaskSpans spans;
  private final IdempotencyKeys keys;
  private final SharedBuckets buckets;
  private final RetentionProperties kept;

  Retention(
      TaskSpans spans, IdempotencyKeys keys, SharedBuckets buckets, RetentionProperties kept) {
    this.spans = spans;
    this.keys = keys;
    this.buckets = buckets;
    this.kept = kept;
  }

  @Override
  public boolean round() {
    int forgotten = keys.forget(kept.idempotencyKeys(), BATCH);
    if (forgotten == BATCH) {
      return true;
    }
    buckets.forget(BUCKETS);
    int dropped = spans.keep(kept.finishedTasks());
    if (dropped > 0) {
      LOG.atInfo().addKeyValue("partitions", dropped).log("tasks.dropped after their retention");
    }
    return false;
  }
}
