package io.legwork.producer.dispatch;

import io.legwork.ledger.DueTasks;
import io.legwork.ledger.QueuedTask;
import io.legwork.messaging.Topology;
import io.legwork.task.Priority;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes again the messages of tasks that are QUEUED while their queue is empty: they were never
 * published, or were lost since. A queue that is not empty is left alone, however long its tasks
 * have been waiting, so a backlog causes no republishing. A message too many does no harm: its
 * claim is refused.
 */
final class Sweeper implements RepeatedWork.Work {

  private static final Logger LOG = LoggerFactory.getLogger(Sweeper.class);

  /** Longer than a message takes from its commit to its claim. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** Per queue and round: with a round a second, the cap of the rate. */
  private static final int BATCH = 1000;

  private final DueTasks dueTasks;
  private final Dispatcher dispatcher;
  private final QueueDepths depths;
  private final Topology topology;
  private final Counter republished;

  Sweeper(
      DueTasks dueTasks,
      Dispatcher dispatcher,
      QueueDepths depths,
      Topology topology,
      MeterRegistry meters) {
    this.dueTasks = dueTasks;
    this.dispatcher = dispatcher;
    this.depths = depths;
    this.topology = topology;
    this.republished =
        Counter.builder("legwork.dispatch.republished")
            .description("Messages published again because they seemed lost")
            .register(meters);
  }

  @Override
  public boolean round() {
    for (String queue : topology.queues()) {
      for (Priority priority : Priority.values()) {
        sweep(queue, priority);
      }
    }
    return false;
  }

  private void sweep(String queue, Priority priority) {
    if (dispatcher.isBusy()) {
      return;
    }
    OptionalLong ready = depths.ready(queue, priority);
    if (ready.isEmpty() || ready.getAsLong() > 0) {
      return;
    }
    List<QueuedTask> lost = dueTasks.repeat(queue, priority, PATIENCE, BATCH);
    lost.forEach(dispatcher::dispatch);
    if (!lost.isEmpty()) {
      republished.increment(lost.size());
      LOG.atInfo()
          .addKeyValue("queue", queue)
          .addKeyValue("priority", priority.wireName())
          .addKeyValue("tasks", lost.size())
          .log("tasks.republished: they were queued but their queue was empty");
    }
  }
}
