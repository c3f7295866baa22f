package io.legwork.worker.execution;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * A message from the broker, which stands for one task or several. It is settled when all of them
 * are: given back if one of them has to come again, else acknowledged. Those that were done come
 * again with the one that was not, and their claims are refused then. Thread-safe.
 */
final class SharedMessage {

  private final long tag;
  private final Acknowledger acknowledger;
  private final AtomicInteger unsettled;
  private volatile boolean wanted;

  /**
   * @param tasks how many it stands for
   * @param tag the delivery's tag on its channel
   */
  SharedMessage(int tasks, long tag, Acknowledger acknowledger) {
    this.unsettled = new AtomicInteger(tasks);
    this.tag = tag;
    this.acknowledger = acknowledger;
  }

  /** One of its tasks needs it no more. */
  void acknowledge() {
    settle();
  }

  /** One of its tasks has to come again. */
  void giveBack() {
    wanted = true;
    settle();
  }

  private void settle() {
    if (unsettled.decrementAndGet() == 0) {
      if (wanted) {
        acknowledger.giveBack(tag);
      } else {
        acknowledger.acknowledge(tag);
      }
    }
  }
}
