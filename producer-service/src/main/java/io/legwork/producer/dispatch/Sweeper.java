package io.legwork.producer.dispatch;

import io.legwork.ledger.DueTasks;
import io.legwork.ledger.QueuedTask;
import io.legwork.messaging.Topology;
import io.legwork.process.RepeatedWork;
import io.legwork.task.Priority;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes again the messages of tasks that are QUEUED although their message cannot be on its
 * way: their queue is empty, or was started well beyond them (decision 1). A backlog, however long
 * and however old, causes no republishing. A message too many does no harm: its claim is refused.
 */
final class Sweeper implements RepeatedWork.Work {

  private static final Logger LOG = LoggerFactory.getLogger(Sweeper.class);

  /** Longer than a message takes from its commit to its claim when it does not have to wait. */
  private static final Duration PATIENCE = Duration.ofSeconds(4);

  /** More than messages overtake each other on their way to the queue. */
  private static final Duration MARGIN = Duration.ofMillis(1500);

  private static final int BATCH = 1000;

  /** Per empty queue and round: with a round a second, the cap of the rate. */
  private static final int BATCHES = 10;

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
    if (isEmpty(queue, priority)) {
      int found = BATCH;
      for (int i = 0; i < BATCHES && found == BATCH && dispatcher.hasRoom(); i++) {
        found = republish(dueTasks.repeatAll(queue, priority, PATIENCE, BATCH), "queue is empty");
      }
    } else if (dispatcher.hasRoom()) {
      republish(
          dueTasks.repeatOvertaken(queue, priority, PATIENCE, MARGIN, BATCH),
          "queue has been started beyond them");
    }
  }

  private int republish(List<QueuedTask> lost, String why) {
    dispatcher.dispatch(lost);
    if (!lost.isEmpty()) {
      QueuedTask first = lost.getFirst();
      republished.increment(lost.size());
      LOG.atInfo()
          .addKeyValue("queue", first.queue())
          .addKeyValue("priority", first.priority().wireName())
          .addKeyValue("tasks", lost.size())
          .addKeyValue("first", first.id())
          .log("tasks.republished: they wait, but their {}", why);
    }
    return lost.size();
  }

  /** Whether no message waits, neither in the queue nor on its way to it from here. */
  private boolean isEmpty(String queue, Priority priority) {
    OptionalLong ready = depths.ready(queue, priority);
    return ready.isPresent() && ready.getAsLong() == 0 && !dispatcher.isBusy();
  }
}
