package io.legwork.worker.execution;

import io.legwork.messaging.TaskMessage;
import java.time.Duration;

/**
 * A message on its way through the worker. It is settled once: acknowledged or given back.
 *
 * @param tag the delivery's tag on its channel
 * @param receivedNanos when it came, on {@link System#nanoTime}
 */
record TaskDelivery(TaskMessage message, long tag, long receivedNanos, Acknowledger acknowledger) {

  Duration age() {
    return Duration.ofNanos(System.nanoTime() - receivedNanos);
  }

  void acknowledge() {
    acknowledger.acknowledge(tag);
  }

  void giveBack() {
    acknowledger.giveBack(tag);
  }
}
