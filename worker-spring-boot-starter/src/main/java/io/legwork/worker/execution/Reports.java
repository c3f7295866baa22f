package io.legwork.worker.execution;

import io.legwork.ledger.ClaimedTask;
import io.legwork.ledger.LedgerException;
import io.legwork.ledger.QueueProgress;
import io.legwork.ledger.WorkerReports;
import io.legwork.task.Priority;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the ledger how far this worker has started its queues and what it holds without being able
 * to begin it, and stops the attempts that were revoked. Thread-safe.
 */
final class Reports {

  /** How often {@link #run} is to be called: how soon a handler learns of a cancellation. */
  static final Duration PAUSE = Duration.ofMillis(500);

  /** Messages that wait less than this are not worth a word: the sweeper is more patient. */
  private static final Duration HELD = Duration.ofSeconds(2);

  private static final Logger LOG = LoggerFactory.getLogger(Reports.class);

  private final WorkerReports ledger;
  private final RunningAttempts running;
  private final ConcurrentMap<Queue, Instant> started = new ConcurrentHashMap<>();

  private record Queue(String name, Priority priority) {}

  Reports(WorkerReports ledger, RunningAttempts running) {
    this.ledger = ledger;
    this.running = running;
  }

  /** A task was claimed. */
  void started(ClaimedTask task) {
    started.merge(
        new Queue(task.queue(), task.priority()),
        task.readyAt(),
        (known, ready) -> ready.isAfter(known) ? ready : known);
  }

  /** Sends a report; does nothing but log if the ledger is away. */
  void run(Execution execution) {
    List<QueueProgress> progress = new ArrayList<>();
    started.forEach((queue, through) ->
        progress.add(new QueueProgress(queue.name(), queue.priority(), through)));
    try {
      running.revoke(ledger.report(progress, execution.waitingLongerThan(HELD)));
      for (QueueProgress told : progress) {
        started.remove(new Queue(told.queue(), told.priority()), told.startedThrough());
      }
    } catch (LedgerException unavailable) {
      LOG.atDebug().addKeyValue("reason", unavailable.getMessage()).log("report.not_taken");
    }
  }
}
