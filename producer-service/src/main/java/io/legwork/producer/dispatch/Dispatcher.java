package io.legwork.producer.dispatch;

import io.legwork.ledger.QueuedTask;
import io.legwork.messaging.ConfirmedPublisher;
import io.legwork.task.NewTask;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;

/**
 * Publishes the messages of tasks that are QUEUED in the ledger. A message that the publisher has
 * no room for is left to the {@link Sweeper}: the ledger knows the task. Thread-safe, never blocks.
 */
public final class Dispatcher {

  private final ConfirmedPublisher publisher;
  private final Counter left;

  Dispatcher(ConfirmedPublisher publisher, MeterRegistry meters) {
    this.publisher = publisher;
    this.left =
        Counter.builder("legwork.dispatch.left")
            .description("Messages left to the sweeper because the publisher had no room")
            .register(meters);
  }

  /** Publishes the message of a task that was just accepted as QUEUED. */
  public void dispatch(NewTask task) {
    dispatch(
        new QueuedTask(
            task.id(),
            task.tenant(),
            task.type(),
            task.queue(),
            task.priority(),
            0,
            task.traceparent()));
  }

  /** Publishes the message of a task that is QUEUED. */
  public void dispatch(QueuedTask task) {
    publisher.publish(task.toMessage()).whenComplete((done, failure) -> count(failure));
  }

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

  private void count(@Nullable Throwable failure) {
    if (failure != null) {
      left.increment();
    }
  }
}
