package io.legwork.worker.execution;

import io.legwork.batching.Batcher;
import io.legwork.batching.BatcherFullException;
import io.legwork.events.EventAnnouncer;
import io.legwork.ledger.AttemptOutcome;
import io.legwork.ledger.ClaimedTask;
import io.legwork.ledger.Recorded;
import io.legwork.ledger.TaskOutcomes;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records outcomes until they are recorded: an outcome that exists is not given up because the
 * ledger is away. Announces the events right after their commit.
 */
final class OutcomeRecorder {

  private static final Logger LOG = LoggerFactory.getLogger(OutcomeRecorder.class);
  private static final long FIRST_PAUSE_MILLIS = 100;
  private static final long LONGEST_PAUSE_MILLIS = 2000;

  private final Batcher<AttemptOutcome, Recorded> batcher;
  private final ExecutionMetrics metrics;
  private final ScheduledExecutorService timer;

  OutcomeRecorder(
      Batcher<AttemptOutcome, Recorded> batcher,
      ExecutionMetrics metrics,
      ScheduledExecutorService timer) {
    this.batcher = batcher;
    this.metrics = metrics;
    this.timer = timer;
  }

  /** Writes a batch of outcomes and announces what it committed. */
  static List<Recorded> write(
      TaskOutcomes outcomes, EventAnnouncer announcer, List<AttemptOutcome> batch) {
    return announcer.announcing(
        () -> outcomes.record(batch),
        recorded -> recorded.stream().map(Recorded::event).flatMap(Optional::stream).toList());
  }

  /**
   * Records an outcome.
   *
   * @param settled called once it is recorded, or refused as stale
   */
  void record(ClaimedTask task, AttemptOutcome outcome, Runnable settled) {
    record(
        outcome,
        recorded -> {
          done(task, outcome, recorded);
          settled.run();
        },
        FIRST_PAUSE_MILLIS);
  }

  private void record(AttemptOutcome outcome, Consumer<Recorded> done, long pauseMillis) {
    try {
      batcher
          .submit(outcome)
          .whenComplete((recorded, failure) -> {
            if (recorded == null) {
              again(outcome, done, pauseMillis, failure);
            } else {
              done.accept(recorded);
            }
          });
    } catch (BatcherFullException full) {
      again(outcome, done, pauseMillis, full);
    }
  }

  private void done(ClaimedTask task, AttemptOutcome outcome, Recorded recorded) {
    if (recorded.refused()) {
      metrics.fenced();
      LOG.atInfo()
          .addKeyValue("task", outcome.task())
          .addKeyValue("attempt", outcome.attempt())
          .log("task.outcome.refused: the task was cancelled, or a later attempt has begun");
    } else {
      metrics.recorded(task, outcome);
    }
  }

  private void again(
      AttemptOutcome outcome,
      Consumer<Recorded> done,
      long pauseMillis,
      @Nullable Throwable failure) {
    LOG.atWarn()
        .addKeyValue("task", outcome.task())
        .addKeyValue("attempt", outcome.attempt())
        .addKeyValue("reason", failure == null ? "" : failure.getMessage())
        .log("task.outcome.not_recorded, trying again in {} ms", pauseMillis);
    timer.schedule(
        () -> record(outcome, done, Math.min(2 * pauseMillis, LONGEST_PAUSE_MILLIS)),
        pauseMillis,
        TimeUnit.MILLISECONDS);
  }
}
