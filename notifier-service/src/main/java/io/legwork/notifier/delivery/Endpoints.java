package io.legwork.notifier.delivery;

import io.legwork.ledger.DeliveryRoom;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Bounds what is under way, altogether and to each endpoint, so that an endpoint that is slow, dead
 * or flooded holds up itself alone: each has a concurrency, a rate and a circuit breaker of its
 * own. A few more deliveries than may be under way are let in, to wait their turn here rather than
 * in the ledger. Thread-safe.
 */
final class Endpoints {

  private static final int WAITING_FACTOR = 4;
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final Map<String, Lane> lanes = new HashMap<>();
  private final int perEndpoint;
  private final int total;
  private final Function<String, LaneLimits> limits;
  private final Semaphore permits;
  private int inside;

  /**
   * @param total how many attempts may be under way
   * @param perEndpoint how many of them to an endpoint that chose nothing
   */
  Endpoints(int total, int perEndpoint) {
    this(total, perEndpoint, _ -> new LaneLimits(perEndpoint, 0));
  }

  /**
   * @param limits what each endpoint chose; asked when something is let in to one that is idle
   */
  Endpoints(int total, int perEndpoint, Function<String, LaneLimits> limits) {
    this.total = total;
    this.perEndpoint = perEndpoint;
    this.limits = limits;
    this.permits = new Semaphore(total, true);
  }

  /** A delivery that was let in; to be left exactly once. */
  final class Place {

    private final String endpoint;
    private final Lane lane;

    private Place(String endpoint, Lane lane) {
      this.endpoint = endpoint;
      this.lane = lane;
    }

    /**
     * Waits for its turn.
     *
     * @return whether it came; if so, {@link #end} must be called
     */
    boolean begin(Duration patience) throws InterruptedException {
      long deadline = System.nanoTime() + patience.toNanos();
      if (!lane.permits.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) {
        return false;
      }
      if (isOpen()
          && awaitSlot(deadline)
          && permits.tryAcquire(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
        return true;
      }
      lane.permits.release();
      return false;
    }

    private boolean isOpen() {
      synchronized (Endpoints.this) {
        return !lane.breaker.isClosed(System.nanoTime());
      }
    }

    private boolean awaitSlot(long deadline) throws InterruptedException {
      long wait;
      synchronized (Endpoints.this) {
        long now = System.nanoTime();
        wait = lane.slotAfter(now) - now;
        if (wait > 0 && now + wait - deadline > 0) {
          return false;
        }
        lane.take(now + Math.max(wait, 0));
      }
      if (wait > 0) {
        TimeUnit.NANOSECONDS.sleep(wait);
      }
      return true;
    }

    /** The receiver took it. */
    void succeeded() {
      synchronized (Endpoints.this) {
        lane.breaker.succeeded();
      }
    }

    /**
     * The receiver did not take it.
     *
     * @param asked how long the receiver wants to be left alone, zero if it did not say
     */
    void failed(Duration asked) {
      synchronized (Endpoints.this) {
        long now = System.nanoTime();
        lane.breaker.failed(now);
        if (asked.isPositive()) {
          lane.breaker.throttled(now, asked);
        }
      }
    }

    /** Lets the next one have its turn. */
    void end() {
      permits.release();
      lane.permits.release();
    }

    /**
     * Makes room.
     *
     * @return whether there is now so much of it that it is worthwhile to look for more
     */
    boolean leave() {
      synchronized (Endpoints.this) {
        inside--;
        if (--lane.inside == 0 && lane.breaker.isIdle(System.nanoTime())) {
          lanes.remove(endpoint);
        }
        return lane.inside <= lane.limits.room() / 2;
      }
    }
  }

  /** Those let in for one endpoint. */
  private static final class Lane {

    private final CircuitBreaker breaker = new CircuitBreaker();
    private LaneLimits limits;
    private Semaphore permits;
    private long slot;
    private int inside;

    private Lane(LaneLimits limits) {
      this.limits = limits;
      this.permits = new Semaphore(limits.concurrency(), true);
    }

    /** Takes over what was chosen since. */
    private void adopt(LaneLimits chosen) {
      if (inside == 0 && !chosen.equals(limits)) {
        limits = chosen;
        permits = new Semaphore(chosen.concurrency(), true);
      }
    }

    private int room(long now) {
      if (breaker.isClosed(now)) {
        return 0;
      }
      return Math.max((breaker.isProbing(now) ? 1 : limits.room()) - inside, 0);
    }

    private long slotAfter(long now) {
      return limits.perSecond() == 0 || slot - now < 0 ? now : slot;
    }

    private void take(long at) {
      if (limits.perSecond() > 0) {
        slot = at + SECOND / limits.perSecond();
      }
    }
  }

  /** Whether there is room for one more. */
  synchronized boolean hasRoom(String endpoint) {
    Lane lane = lanes.get(endpoint);
    return inside < total * WAITING_FACTOR && (lane == null || lane.room(System.nanoTime()) > 0);
  }

  /** Lets a delivery in. */
  synchronized Place enter(String endpoint) {
    LaneLimits chosen = limits.apply(endpoint);
    Lane lane = lanes.computeIfAbsent(endpoint, _ -> new Lane(chosen));
    lane.adopt(chosen);
    lane.inside++;
    inside++;
    return new Place(endpoint, lane);
  }

  /**
   * How many more can be let in.
   *
   * @param held the endpoints to which nothing is to go
   */
  synchronized DeliveryRoom room(Set<String> held) {
    long now = System.nanoTime();
    lanes.values().removeIf(lane -> lane.inside == 0 && lane.breaker.isIdle(now));
    Map<String, Integer> busy = new HashMap<>();
    Set<String> closed = new HashSet<>(held);
    lanes.forEach((endpoint, lane) -> {
      if (lane.breaker.isClosed(now) || (lane.breaker.isProbing(now) && lane.inside > 0)) {
        closed.add(endpoint);
      } else if (!held.contains(endpoint)) {
        busy.put(endpoint, lane.room(now));
      }
    });
    return new DeliveryRoom(
        Math.max(total * WAITING_FACTOR - inside, 0), perEndpoint * WAITING_FACTOR, busy, closed);
  }

  /** How many are inside, waiting or under way. */
  synchronized int inside() {
    return inside;
  }
}
