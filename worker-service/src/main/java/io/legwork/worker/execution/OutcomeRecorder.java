package io.legwork.worker.execution;

import io.legwork.batching.Batcher;
import io.legwork.batching.BatcherFullException;
import io.legwork.events.EventAnnouncer;
import io.legwork.ledger.AttemptOutcome;
import io.legwork.ledger.LedgerException;
import io.legwork.ledger.Recorded;
import io.legwork.ledger.TaskOutcomes;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
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
    EventAnnouncer.Ticket ticket = announcer.begin();
    try {
      List<Recorded> recorded = outcomes.record(batch);
      ticket.committed(recorded.stream().map(Recorded::event).flatMap(Optional::stream).toList());
      return recorded;
    } catch (LedgerException failure) {
      ticket.doubtful();
      throw failure;
    }
  }

  /**
   * Records an outcome.
   *
   * @param committed called once it is recorded, or refused as stale
   */
  void record(AttemptOutcome outcome, Runnable committed) {
    record(outcome, committed, FIRST_PAUSE_MILLIS);
  }

  private void record(AttemptOutcome outcome, Runnable committed, long pauseMillis) {
    try {
      batcher
          .submit(outcome)
          .whenComplete((recorded, failure) -> {
            if (recorded == null) {
              again(outcome, committed, pauseMillis, failure);
            } else {
              done(outcome, recorded, committed);
            }
          });
    } catch (BatcherFullException full) {
      again(outcome, committed, pauseMillis, full);
    }
  }

  private void done(AttemptOutcome outcome, Recorded recorded, Runnable committed) {
    if (recorded.refused()) {
      metrics.fenced();
      LOG.atInfo()
          .addKeyValue("task", outcome.task())
          .addKeyValue("attempt", outcome.attempt())
          .log("task.outcome.refused: it was recorded before, or a later attempt has begun");
    }
    committed.run();
  }

  private void again(
      AttemptOutcome outcome, Runnable committed, long pauseMillis, @Nullable Throwable failure) {
    LOG.atWarn()
        .addKeyValue("task", outcome.task())
        .addKeyValue("attempt", outcome.attempt())
        .addKeyValue("reason", failure == null ? "" : failure.getMessage())
        .log("task.outcome.not_recorded, trying again in {} ms", pauseMillis);
    timer.schedule(
        () -> record(outcome, committed, Math.min(2 * pauseMillis, LONGEST_PAUSE_MILLIS)),
        pauseMillis,
        TimeUnit.MILLISECONDS);
  }
}
