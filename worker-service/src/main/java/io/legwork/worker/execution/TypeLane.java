package io.legwork.worker.execution;

import io.legwork.worker.handlers.RegisteredHandler;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.Consumer;

/**
 * The permits of one task type, and the deliveries that wait for one. A delivery that waits has not
 * started an attempt. Thread-safe.
 */
final class TypeLane {

  private final RegisteredHandler handler;
  private final Consumer<TaskDelivery> starter;
  private final Queue<TaskDelivery> waiting = new ArrayDeque<>();
  private int permits;
  private boolean stopped;

  /**
   * @param permits how many tasks of the type run at the same time
   * @param starter begins the work on a delivery that has got a permit
   */
  TypeLane(RegisteredHandler handler, int permits, Consumer<TaskDelivery> starter) {
    this.handler = handler;
    this.permits = permits;
    this.starter = starter;
  }

  RegisteredHandler handler() {
    return handler;
  }

  /** Begins the delivery, now or once a permit is free. */
  void enter(TaskDelivery delivery) {
    synchronized (this) {
      if (stopped) {
        delivery.giveBack();
        return;
      }
      if (permits == 0) {
        waiting.add(delivery);
        return;
      }
      permits--;
    }
    starter.accept(delivery);
  }

  /** Gives a permit back, to the delivery that has waited longest if there is one. */
  void leave() {
    TaskDelivery next;
    synchronized (this) {
      next = waiting.poll();
      if (next == null) {
        permits++;
        return;
      }
    }
    starter.accept(next);
  }

  /** The deliveries that have been waiting for longer than that. */
  synchronized List<TaskDelivery> waitingLongerThan(Duration age) {
    // They wait in the order in which they came.
    return waiting.stream().takeWhile(delivery -> delivery.age().compareTo(age) > 0).toList();
  }

  /** Gives back the deliveries that have been waiting for longer than that. */
  synchronized void giveBackOlderThan(Duration age) {
    List<TaskDelivery> old = waitingLongerThan(age);
    waiting.removeAll(old);
    old.forEach(TaskDelivery::giveBack);
  }

  /** Begins nothing any more and gives back what waits. */
  void stop() {
    List<TaskDelivery> unstarted;
    synchronized (this) {
      stopped = true;
      unstarted = new ArrayList<>(waiting);
      waiting.clear();
    }
    unstarted.forEach(TaskDelivery::giveBack);
  }
}
