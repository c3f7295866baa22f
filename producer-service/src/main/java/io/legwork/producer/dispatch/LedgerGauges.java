package io.legwork.producer.dispatch;

import io.legwork.ledger.LedgerException;
import io.legwork.ledger.LedgerStatistics;
import io.legwork.ledger.LedgerStatistics.OpenTasks;
import io.legwork.messaging.Topology;
import io.legwork.task.Priority;
import io.legwork.task.TaskState;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/**
 * What the ledger and the broker hold, as metrics. Read when they are scraped, and the open tasks
 * not more often than every few seconds. NaN while the answer is not to be had.
 */
final class LedgerGauges {

  private static final Duration FRESH = Duration.ofSeconds(2);
  private static final List<TaskState> OPEN =
      List.of(TaskState.SCHEDULED, TaskState.QUEUED, TaskState.RUNNING, TaskState.RETRYING);

  private final LedgerStatistics statistics;
  private final QueueDepths depths;
  private List<OpenTasks> latest = List.of();
  private long latestNanos = System.nanoTime() - FRESH.toNanos();

  LedgerGauges(
      LedgerStatistics statistics, QueueDepths depths, Topology topology, MeterRegistry meters) {
    this.statistics = statistics;
    this.depths = depths;
    topology.queues().forEach(queue -> register(queue, meters));
    Gauge.builder("legwork.database.commits", statistics, LedgerGauges::commits)
        .description("Transactions committed in the ledger's database since its statistics began")
        .register(meters);
  }

  private void register(String queue, MeterRegistry meters) {
    for (TaskState state : OPEN) {
      Gauge.builder("legwork.tasks.in.state", this, gauges -> gauges.count(queue, state))
          .description("Open tasks by state")
          .tag("queue", queue)
          .tag("state", state.name())
          .register(meters);
    }
    Gauge.builder("legwork.oldest.ready.task.age.seconds", this, gauges -> gauges.oldest(queue))
        .description("How long the task that has waited longest in the queue has been ready")
        .tag("queue", queue)
        .register(meters);
    Gauge.builder("legwork.queue.ready.messages", this, gauges -> gauges.ready(queue))
        .description("Messages of the queue that wait for a worker at the broker")
        .tag("queue", queue)
        .register(meters);
  }

  private double count(String queue, TaskState state) {
    return sum(open -> open.queue().equals(queue) && open.state() == state);
  }

  private synchronized double sum(Predicate<OpenTasks> wanted) {
    return refresh()
        ? latest.stream().filter(wanted).mapToLong(OpenTasks::count).sum()
        : Double.NaN;
  }

  private synchronized double oldest(String queue) {
    return refresh()
        ? latest.stream()
            .filter(open -> open.queue().equals(queue) && open.state() == TaskState.QUEUED)
            .mapToDouble(open -> open.oldestAge().toMillis() / 1000.0)
            .findFirst()
            .orElse(0)
        : Double.NaN;
  }

  private double ready(String queue) {
    double sum = 0;
    for (Priority priority : Priority.values()) {
      var ready = depths.ready(queue, priority);
      sum += ready.isPresent() ? ready.getAsLong() : Double.NaN;
    }
    return sum;
  }

  private boolean refresh() {
    if (System.nanoTime() - latestNanos < FRESH.toNanos()) {
      return true;
    }
    try {
      latest = statistics.openTasks();
      latestNanos = System.nanoTime();
      return true;
    } catch (LedgerException unreachable) {
      return false;
    }
  }

  private static double commits(LedgerStatistics statistics) {
    try {
      return statistics.commits();
    } catch (LedgerException unreachable) {
      return Double.NaN;
    }
  }
}
