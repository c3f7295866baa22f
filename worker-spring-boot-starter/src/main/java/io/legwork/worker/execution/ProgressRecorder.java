package io.legwork.worker.execution;

import io.legwork.batching.Batcher;
import io.legwork.batching.BatcherFullException;
import io.legwork.handler.Outcome;
import io.legwork.ledger.ProgressReport;
import io.legwork.task.KeptJson;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what running attempts tell: of their progress the latest now and then, a checkpoint at
 * once. An attempt whose report is refused has lost its task and is ended. Thread-safe.
 */
final class ProgressRecorder {

  /** How often {@link #flush} is to be called. */
  static final Duration PAUSE = Duration.ofMillis(500);

  private static final Logger LOG = LoggerFactory.getLogger(ProgressRecorder.class);
  private static final Duration TRY_AGAIN = Duration.ofMillis(500);

  private final Batcher<ProgressReport, Boolean> batcher;
  private final ExecutionMetrics metrics;
  private final ConcurrentMap<Attempt, ProgressReport.Stage> untold = new ConcurrentHashMap<>();

  ProgressRecorder(Batcher<ProgressReport, Boolean> batcher, ExecutionMetrics metrics) {
    this.batcher = batcher;
    this.metrics = metrics;
  }

  /** Notes how far an attempt has come, in place of what it said before. */
  void progress(Attempt attempt, ProgressReport.Stage stage) {
    untold.put(attempt, stage);
  }

  /** Hands over what was told since the last call. Does not wait for the ledger. */
  void flush() {
    for (Attempt attempt : untold.keySet()) {
      ProgressReport.Stage stage = untold.remove(attempt);
      if (stage != null && !attempt.isCancelled()) {
        send(attempt, stage);
      }
    }
  }

  private void send(Attempt attempt, ProgressReport.Stage stage) {
    try {
      batcher
          .submit(ProgressReport.stage(attempt.task().id(), attempt.attempt(), stage))
          .whenComplete((written, failure) -> {
            if (failure != null) {
              untold.putIfAbsent(attempt, stage);
            } else if (!written) {
              refused(attempt);
            }
          });
    } catch (BatcherFullException full) {
      untold.putIfAbsent(attempt, stage);
    }
  }

  /**
   * Keeps a checkpoint; waits until it is committed, and while the ledger is away for as long as
   * the attempt goes on.
   *
   * @throws CancellationException if the attempt is over
   */
  void checkpoint(Attempt attempt, KeptJson value) {
    ProgressReport report =
        ProgressReport.checkpoint(attempt.task().id(), attempt.attempt(), value);
    while (!attempt.isCancelled()) {
      try {
        if (written(attempt, report)) {
          return;
        }
        refused(attempt);
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
        break;
      }
    }
    throw new CancellationException("The attempt is over; the checkpoint was not kept.");
  }

  /** Whether the report was written; waits a moment and tries again where that is not known. */
  private boolean written(Attempt attempt, ProgressReport report) throws InterruptedException {
    while (!attempt.isCancelled()) {
      try {
        return answer(attempt, batcher.submit(report));
      } catch (ExecutionException | BatcherFullException unavailable) {
        LOG.atDebug()
            .addKeyValue("task", attempt.taskId())
            .addKeyValue("reason", unavailable.getMessage())
            .log("checkpoint.not_kept, trying again in {}", TRY_AGAIN);
        attempt.awaitEnd(TRY_AGAIN);
      }
    }
    return false;
  }

  /** The attempt may end while the ledger is slow: then nobody waits for it any more. */
  private static boolean answer(Attempt attempt, CompletableFuture<Boolean> answer)
      throws InterruptedException, ExecutionException {
    while (true) {
      try {
        return answer.get(TRY_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException slow) {
        if (attempt.isCancelled()) {
          return false;
        }
      }
    }
  }

  private void refused(Attempt attempt) {
    // An attempt that ends while its report is under way has lost nothing.
    if (!attempt.isCancelled()) {
      metrics.progressFenced();
      LOG.atInfo()
          .addKeyValue("task", attempt.taskId())
          .addKeyValue("attempt", attempt.attempt())
          .log("task.progress.refused: the task was cancelled, or a later attempt has begun");
      attempt.stop(Outcome.fail("The attempt was revoked."));
    }
  }
}
