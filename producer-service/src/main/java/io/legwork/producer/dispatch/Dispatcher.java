package io.legwork.producer.dispatch;

import io.legwork.ledger.QueuedTask;
import io.legwork.messaging.ConfirmedPublisher;
import io.legwork.messaging.TaskGroup;
import io.legwork.messaging.TaskMessage;
import io.legwork.task.Priority;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Publishes the messages of tasks that are QUEUED in the ledger. A message that the publisher has
 * no room for is left to the {@link Sweeper}: the ledger knows the task. Thread-safe, never blocks.
 */
public final class Dispatcher {

  private final ConfirmedPublisher publisher;
  private final Pace pace;
  private final Counter left;

  Dispatcher(ConfirmedPublisher publisher, Pace pace, MeterRegistry meters) {
    this.publisher = publisher;
    this.pace = pace;
    this.left =
        Counter.builder("legwork.dispatch.left")
            .description("Tasks left to the sweeper because the publisher had no room")
            .register(meters);
  }

  /** Publishes the message of a task that is QUEUED. */
  public void dispatch(QueuedTask task) {
    dispatch(List.of(task));
  }

  /** Publishes the messages of tasks that are QUEUED, in order; quick ones travel together. */
  public void dispatch(List<QueuedTask> tasks) {
    Map<Kind, List<TaskMessage>> groups = new LinkedHashMap<>();
    for (QueuedTask task : tasks) {
      Kind kind = new Kind(task.queue(), task.priority(), task.tenant(), task.type());
      List<TaskMessage> group = groups.computeIfAbsent(kind, _ -> new ArrayList<>());
      group.add(task.reference());
      if (group.size() >= pace.together(task.type())) {
        publish(kind, group);
        groups.remove(kind);
      }
    }
    groups.forEach(this::publish);
  }

  private void publish(Kind kind, List<TaskMessage> group) {
    publisher
        .publish(new TaskGroup(group).toMessage(kind.queue(), kind.priority()))
        .whenComplete((done, failure) -> count(group.size(), failure));
  }

  /** What tasks have in common that travel together. */
  private record Kind(String queue, Priority priority, String tenant, String type) {}

  /** Whether what is dispatched is on its way at once, and not kept for a broker that is away. */
  public boolean isPublishing() {
    return publisher.condition().isPublishing();
  }

  /** Whether more messages can be taken right now. */
  boolean hasRoom() {
    return publisher.hasRoom();
  }

  /** Whether messages are on their way that the broker has not confirmed. */
  boolean isBusy() {
    return publisher.status().buffered() + publisher.status().unconfirmed() > 0;
  }

  private void count(int tasks, @Nullable Throwable failure) {
    if (failure != null) {
      left.increment(tasks);
    }
  }
}
