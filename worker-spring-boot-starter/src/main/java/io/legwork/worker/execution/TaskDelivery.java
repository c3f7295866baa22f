package io.legwork.worker.execution;

import io.legwork.messaging.TaskGroup;
import io.legwork.messaging.TaskMessage;
import io.legwork.task.Priority;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A task on its way through the worker, as a message has brought it. It is settled once,
 * acknowledged or given back; what comes later has no effect. Thread-safe.
 */
final class TaskDelivery {

  private final TaskMessage message;
  private final Priority priority;
  private final SharedMessage origin;
  private final long receivedNanos = System.nanoTime();
  private final AtomicBoolean settled = new AtomicBoolean();

  private TaskDelivery(TaskMessage message, Priority priority, SharedMessage origin) {
    this.message = message;
    this.priority = priority;
    this.origin = origin;
  }

  /**
   * The tasks of a message that has come just now.
   *
   * @param priority that of the queue it came from
   * @param tag the delivery's tag on its channel
   */
  static List<TaskDelivery> of(
      TaskGroup group, Priority priority, long tag, Acknowledger acknowledger) {
    SharedMessage origin = new SharedMessage(group.tasks().size(), tag, acknowledger);
    return group.tasks().stream().map(task -> new TaskDelivery(task, priority, origin)).toList();
  }

  TaskMessage message() {
    return message;
  }

  Priority priority() {
    return priority;
  }

  Duration age() {
    return Duration.ofNanos(System.nanoTime() - receivedNanos);
  }

  void acknowledge() {
    if (settled.compareAndSet(false, true)) {
      origin.acknowledge();
    }
  }

  void giveBack() {
    if (settled.compareAndSet(false, true)) {
      origin.giveBack();
    }
  }
}
