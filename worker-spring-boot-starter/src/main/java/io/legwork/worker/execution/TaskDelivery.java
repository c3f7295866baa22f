package io.legwork.worker.execution;

import io.legwork.messaging.TaskMessage;
import io.legwork.task.Priority;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A message on its way through the worker. It is settled once, acknowledged or given back; what
 * comes later has no effect. Thread-safe.
 */
final class TaskDelivery {

  private final TaskMessage message;
  private final Priority priority;
  private final long tag;
  private final Acknowledger acknowledger;
  private final long receivedNanos = System.nanoTime();
  private final AtomicBoolean settled = new AtomicBoolean();

  /**
   * A message that has come just now.
   *
   * @param priority that of the queue it came from
   * @param tag the delivery's tag on its channel
   */
  TaskDelivery(TaskMessage message, Priority priority, long tag, Acknowledger acknowledger) {
    this.message = message;
    this.priority = priority;
    this.tag = tag;
    this.acknowledger = acknowledger;
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
      acknowledger.acknowledge(tag);
    }
  }

  void giveBack() {
    if (settled.compareAndSet(false, true)) {
      acknowledger.giveBack(tag);
    }
  }
}
