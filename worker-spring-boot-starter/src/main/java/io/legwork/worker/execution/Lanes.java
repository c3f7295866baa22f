package io.legwork.worker.execution;

import io.legwork.worker.handlers.HandlerRegistry;
import io.legwork.worker.handlers.RegisteredHandler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How many tasks run at the same time: a lane for each type with the type's permits, and the
 * worker's own, which all share. A delivery begins with one of each; until then it waits in its
 * lane and has not started an attempt. Where types wait for the worker, they take turns. Within a
 * type the priorities do ({@link PriorityTurns}). Thread-safe.
 */
final class Lanes {

  private final Map<String, TypeLane> byType = new HashMap<>();
  private final List<TypeLane> inTurn = new ArrayList<>();
  private final Consumer<TaskDelivery> starter;
  private final int permits;
  private int free;
  private int turn;
  private boolean stopped;

  /**
   * @param starter begins the work on a delivery that has got its permits
   */
  Lanes(HandlerRegistry handlers, WorkerProperties properties, Consumer<TaskDelivery> starter) {
    this.starter = starter;
    this.permits = properties.tasks();
    this.free = permits;
    for (String type : handlers.types()) {
      handlers
          .find(type)
          .ifPresent(handler -> {
            TypeLane lane = new TypeLane(handler, permitsOf(handler, properties));
            byType.put(type, lane);
            inTurn.add(lane);
          });
    }
  }

  private static int permitsOf(RegisteredHandler handler, WorkerProperties properties) {
    if (handler.concurrency() > 0) {
      return handler.concurrency();
    }
    // More threads than cores would only make each of them slower.
    return handler.cpuBound()
        ? Runtime.getRuntime().availableProcessors()
        : properties.concurrency();
  }

  /** The handler of a type; empty if this worker has none. */
  Optional<RegisteredHandler> handler(String type) {
    return Optional.ofNullable(byType.get(type)).map(TypeLane::handler);
  }

  /** The types with a handler here. */
  Set<String> types() {
    return Set.copyOf(byType.keySet());
  }

  /** How many tasks of a type can run at the same time; 0 if there is no handler for it here. */
  int permitsOf(String type) {
    return permitsOf(List.of(type));
  }

  /** How many more tasks of a type could run now. */
  synchronized int freeOf(String type) {
    TypeLane lane = byType.get(type);
    return lane == null ? 0 : Math.min(lane.free(), free);
  }

  /** How many tasks of these types can run at the same time, all together. */
  int permitsOf(Collection<String> types) {
    long all =
        types.stream().map(byType::get).filter(Objects::nonNull).mapToLong(TypeLane::permits).sum();
    return (int) Math.min(all, permits);
  }

  /** Begins the delivery, now or once it has its permits; its type has a handler here. */
  void enter(TaskDelivery delivery) {
    TaskDelivery next = null;
    boolean refused;
    synchronized (this) {
      refused = stopped;
      if (!refused) {
        TypeLane lane = lane(delivery);
        lane.add(delivery);
        next = take(lane);
      }
    }
    if (refused) {
      delivery.giveBack();
    }
    start(next);
  }

  /** Gives the permits of a delivery back, to one that waits for them if there is one. */
  void leave(TaskDelivery delivery) {
    TaskDelivery next;
    synchronized (this) {
      TypeLane lane = lane(delivery);
      boolean othersWait = free == 0;
      lane.release();
      free++;
      next = othersWait ? takeInTurn() : take(lane);
    }
    start(next);
  }

  private @Nullable TaskDelivery takeInTurn() {
    for (int i = 0; i < inTurn.size(); i++) {
      int candidate = (turn + i) % inTurn.size();
      TaskDelivery next = take(inTurn.get(candidate));
      if (next != null) {
        turn = candidate + 1;
        return next;
      }
    }
    return null;
  }

  private @Nullable TaskDelivery take(TypeLane lane) {
    TaskDelivery next = free == 0 ? null : lane.take();
    if (next != null) {
      free--;
    }
    return next;
  }

  private void start(@Nullable TaskDelivery next) {
    if (next != null) {
      starter.accept(next);
    }
  }

  private TypeLane lane(TaskDelivery delivery) {
    TypeLane lane = byType.get(delivery.message().type());
    if (lane == null) {
      throw new IllegalStateException("no lane for " + delivery.message().type());
    }
    return lane;
  }

  /** The deliveries that have been waiting for longer than that. */
  synchronized List<TaskDelivery> waitingLongerThan(Duration age) {
    return inTurn.stream().flatMap(lane -> lane.waitingLongerThan(age).stream()).toList();
  }

  /** Gives back the deliveries that have been waiting for longer than that. */
  void giveBackOlderThan(Duration age) {
    List<TaskDelivery> old;
    synchronized (this) {
      old = inTurn.stream().flatMap(lane -> lane.removeOlderThan(age).stream()).toList();
    }
    old.forEach(TaskDelivery::giveBack);
  }

  /** Begins nothing any more and gives back what waits. */
  void stop() {
    List<TaskDelivery> unstarted;
    synchronized (this) {
      stopped = true;
      unstarted = inTurn.stream().flatMap(lane -> lane.removeAll().stream()).toList();
    }
    unstarted.forEach(TaskDelivery::giveBack);
  }
}
