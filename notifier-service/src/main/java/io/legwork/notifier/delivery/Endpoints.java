package io.legwork.notifier.delivery;

import io.legwork.ledger.DeliveryRoom;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Bounds what is under way, altogether and to each endpoint, so that an endpoint that is slow holds
 * up itself alone. A few more deliveries than may be under way are let in, to wait their turn here
 * rather than in the ledger. Thread-safe.
 */
final class Endpoints {

  private static final int WAITING_FACTOR = 4;

  private final Map<String, Lane> lanes = new HashMap<>();
  private final int perEndpoint;
  private final int total;
  private final Semaphore permits;
  private int inside;

  /**
   * @param total how many attempts may be under way
   * @param perEndpoint how many of them to one endpoint
   */
  Endpoints(int total, int perEndpoint) {
    this.total = total;
    this.perEndpoint = perEndpoint;
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
      if (permits.tryAcquire(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
        return true;
      }
      lane.permits.release();
      return false;
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
        if (--lane.inside == 0) {
          lanes.remove(endpoint);
        }
        return lane.inside <= perEndpoint * WAITING_FACTOR / 2;
      }
    }
  }

  /** Those let in for one endpoint. */
  private static final class Lane {

    private final Semaphore permits;
    private int inside;

    private Lane(int permits) {
      this.permits = new Semaphore(permits, true);
    }
  }

  /** Whether there is room for one more. */
  synchronized boolean hasRoom(String endpoint) {
    Lane lane = lanes.get(endpoint);
    return inside < total * WAITING_FACTOR
        && (lane == null || lane.inside < perEndpoint * WAITING_FACTOR);
  }

  /** Lets a delivery in. */
  synchronized Place enter(String endpoint) {
    Lane lane = lanes.computeIfAbsent(endpoint, _ -> new Lane(perEndpoint));
    lane.inside++;
    inside++;
    return new Place(endpoint, lane);
  }

  /** How many more can be let in. */
  synchronized DeliveryRoom room() {
    Map<String, Integer> busy = new HashMap<>();
    lanes.forEach((endpoint, lane) ->
        busy.put(endpoint, Math.max(perEndpoint * WAITING_FACTOR - lane.inside, 0)));
    return new DeliveryRoom(
        Math.max(total * WAITING_FACTOR - inside, 0), perEndpoint * WAITING_FACTOR, busy);
  }

  /** How many are inside, waiting or under way. */
  synchronized int inside() {
    return inside;
  }
}
