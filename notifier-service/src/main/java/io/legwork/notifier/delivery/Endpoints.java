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

  private final Map<String, Lane> lanes = new HashMap<>();
  private final int perEndpoint;
  private final int total;
  private final Function<String, LaneLimits> limits;
  private final Semaphore permits;
  private int inside;
  private boolean crowded;

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
      if (!lane.permits().tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) {
        return false;
      }
      if (isOpen()
          && awaitSlot(deadline)
          && permits.tryAcquire(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
        return true;
      }
      lane.permits().release();
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
      lane.permits().release();
    }

    /**
     * Makes room.
     *
     * @return whether there is now so much of it, for something that is due, that it is worthwhile
     *     to look for it
     */
    boolean leave() {
      synchronized (Endpoints.this) {
        long now = System.nanoTime();
        inside--;
        lane.leave();
        if (lane.isIdle(now)) {
          lanes.remove(endpoint);
        }
        return lane.isWorthALook(now) || (crowded && inside <= most() / 2);
      }
    }
  }

  /** Whether there is room for one more. */
  synchronized boolean hasRoom(String endpoint) {
    return roomFor(endpoint) > 0;
  }

  private int roomFor(String endpoint) {
    Lane lane = lanes.get(endpoint);
    int ofItsOwn = lane == null ? perEndpoint * WAITING_FACTOR : lane.room(System.nanoTime());
    return Math.min(ofItsOwn, most() - inside);
  }

  private int most() {
    return total * WAITING_FACTOR;
  }

  /** Lets a delivery in. */
  synchronized Place enter(String endpoint) {
    LaneLimits chosen = limits.apply(endpoint);
    Lane lane = lanes.computeIfAbsent(endpoint, _ -> new Lane(chosen));
    lane.adopt(chosen);
    lane.enter();
    inside++;
    return new Place(endpoint, lane);
  }

  /**
   * Something is due in the ledger for which there was no room. Who leaves makes it worthwhile to
   * look for it; to look before that finds nothing, however much is waiting there.
   *
   * @return whether there is room meanwhile
   */
  synchronized boolean expectMore(String endpoint) {
    Lane lane = lanes.get(endpoint);
    if (lane != null) {
      lane.expectMore(true);
    }
    crowded |= inside >= most();
    return roomFor(endpoint) > 0;
  }

  /**
   * How many more can be let in, for who looks into the ledger and tells {@link #found}.
   *
   * @param held the endpoints to which nothing is to go
   */
  synchronized DeliveryRoom room(Set<String> held) {
    long now = System.nanoTime();
    lanes.values().removeIf(lane -> lane.isIdle(now));
    Map<String, Integer> busy = new HashMap<>();
    Set<String> closed = new HashSet<>(held);
    lanes.forEach((endpoint, lane) -> {
      if (lane.isClosed(now)) {
        closed.add(endpoint);
      } else if (!held.contains(endpoint)) {
        int room = lane.room(now);
        lane.expectMore(room == 0);
        busy.put(endpoint, room);
      }
    });
    crowded = inside >= most();
    return new DeliveryRoom(
        Math.max(most() - inside, 0), perEndpoint * WAITING_FACTOR, busy, closed);
  }

  /**
   * So much was found where there was room: if it took all the room, there may be more of it.
   *
   * @param room as it was looked for
   * @param counts how many were found for each endpoint, before they are let in
   */
  synchronized void found(DeliveryRoom room, Map<String, Long> counts) {
    counts.forEach((endpoint, count) -> {
      if (count >= room.busy().getOrDefault(endpoint, room.perEndpoint())) {
        LaneLimits chosen = limits.apply(endpoint);
        lanes.computeIfAbsent(endpoint, _ -> new Lane(chosen)).expectMore(true);
      }
    });
    crowded |= counts.values().stream().mapToLong(Long::longValue).sum() >= room.total();
  }

  /** How many are inside, waiting or under way. */
  synchronized int inside() {
    return inside;
  }
}
