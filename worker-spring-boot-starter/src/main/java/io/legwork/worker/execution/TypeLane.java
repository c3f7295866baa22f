package io.legwork.worker.execution;

import io.legwork.task.Priority;
import io.legwork.worker.handlers.RegisteredHandler;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The permits of one task type, and the deliveries that wait for one. Guarded by {@link Lanes}. */
final class TypeLane {

  private final RegisteredHandler handler;
  private final int permits;
  private final Map<Priority, Deque<TaskDelivery>> waiting = new EnumMap<>(Priority.class);
  private final PriorityTurns turns = new PriorityTurns();
  private int free;

  /**
   * @param permits how many tasks of the type run at the same time
   */
  TypeLane(RegisteredHandler handler, int permits) {
    this.handler = handler;
    this.permits = permits;
    this.free = permits;
  }

  RegisteredHandler handler() {
    return handler;
  }

  int permits() {
    return permits;
  }

  int free() {
    return free;
  }

  void add(TaskDelivery delivery) {
    waiting.computeIfAbsent(delivery.priority(), priority -> new ArrayDeque<>()).add(delivery);
  }

  /** The delivery whose turn it is, with a permit; null if nothing waits or no permit is free. */
  @Nullable TaskDelivery take() {
    if (free == 0 || waiting.isEmpty()) {
      return null;
    }
    Priority priority = turns.next(waiting.keySet());
    Deque<TaskDelivery> line = waiting.getOrDefault(priority, new ArrayDeque<>());
    TaskDelivery next = line.poll();
    if (line.isEmpty()) {
      waiting.remove(priority);
    }
    free--;
    return next;
  }

  /** Gives a permit back. */
  void release() {
    free++;
  }

  /** The deliveries that have been waiting for longer than that. */
  List<TaskDelivery> waitingLongerThan(Duration age) {
    // Those of a priority wait in the order in which they came.
    return waiting.values().stream()
        .flatMap(line -> line.stream().takeWhile(delivery -> delivery.age().compareTo(age) > 0))
        .toList();
  }

  /** Takes out the deliveries that have been waiting for longer than that. */
  List<TaskDelivery> removeOlderThan(Duration age) {
    List<TaskDelivery> old = waitingLongerThan(age);
    waiting.values().forEach(line -> line.removeAll(old));
    waiting.values().removeIf(Deque::isEmpty);
    return old;
  }

  /** Takes out all that waits. */
  List<TaskDelivery> removeAll() {
    List<TaskDelivery> all = new ArrayList<>();
    waiting.values().forEach(all::addAll);
    waiting.clear();
    return all;
  }
}
