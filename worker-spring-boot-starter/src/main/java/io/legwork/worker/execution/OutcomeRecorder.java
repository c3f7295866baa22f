package io.legwork.worker.execution;

import io.legwork.batching.Batcher;
import io.legwork.batching.BatcherFullException;
import io.legwork.events.EventAnnouncer;
import io.legwork.events.TaskEvent;
import io.legwork.ledger.AttemptOutcome;
import io.legwork.ledger.ClaimedTask;
import io.legwork.ledger.Recorded;
import io.legwork.ledger.TaskOutcomes;
import java.util.ArrayList;
import java.util.List;
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

  private final Batcher<Ended, Recorded> batcher;
  private final ExecutionMetrics metrics;
  private final ScheduledExecutorService timer;

  OutcomeRecorder(
      Batcher<Ended, Recorded> batcher, ExecutionMetrics metrics, ScheduledExecutorService timer) {
    this.batcher = batcher;
    this.metrics = metrics;
    this.timer = timer;
  }

  /** Writes a batch of outcomes and announces what it committed. */
  static List<Recorded> write(TaskOutcomes outcomes, EventAnnouncer announcer, List<Ended> batch) {
    return announcer.announcing(
        () -> outcomes.record(batch.stream().map(Ended::outcome).toList()),
        recorded -> events(batch, recorded));
  }

  private static List<TaskEvent> events(List<Ended> batch, List<Recorded> recorded) {
    List<TaskEvent> events = new ArrayList<>(batch.size());
    for (int i = 0; i < batch.size(); i++) {
      String traceparent = batch.get(i).traceparent();
      recorded.get(i).event().ifPresent(event -> events.add(event.inTrace(traceparent)));
    }
    return events;
  }

  /**
   * Records an outcome.
   *
   * @param settled called once it is recorded, or refused as stale
   */
  void record(ClaimedTask task, AttemptOutcome outcome, Runnable settled) {
    record(
        new Ended(outcome, task.traceparent()),
        recorded -> {
          done(task, outcome, recorded);
          settled.run();
        },
        FIRST_PAUSE_MILLIS);
  }

  private void record(Ended ended, Consumer<Recorded> done, long pauseMillis) {
    try {
      batcher
          .submit(ended)
          .whenComplete((recorded, failure) -> {
            if (recorded == null) {
              again(ended, done, pauseMillis, failure);
            } else {
              done.accept(recorded);
            }
          });
    } catch (BatcherFullException full) {
      again(ended, done, pauseMillis, full);
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
      Ended ended, Consumer<Recorded> done, long pauseMillis, @Nullable Throwable failure) {
    LOG.atWarn()
        .addKeyValue("task", ended.outcome().task())
        .addKeyValue("attempt", ended.outcome().attempt())
        .addKeyValue("reason", failure == null ? "" : failure.getMessage())
        .log("task.outcome.not_recorded, trying again in {} ms", pauseMillis);
    timer.schedule(
        () -> record(ended, done, Math.min(2 * pauseMillis, LONGEST_PAUSE_MILLIS)),
        pauseMillis,
        TimeUnit.MILLISECONDS);
  }
}
