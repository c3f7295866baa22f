package io.legwork.ledger;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * How many deliveries a process can take on.
 *
 * @param total for all endpoints together
 * @param perEndpoint for an endpoint that has none under way
 * @param busy for the endpoints that have some under way, maybe none
 * @param closed the endpoints to which nothing is to go now, whatever waits for them
 */
public record DeliveryRoom(
    int total, int perEndpoint, Map<String, Integer> busy, Set<String> closed) {

  /** Takes copies. */
  public DeliveryRoom {
    busy = Map.copyOf(busy);
    closed = Set.copyOf(closed);
  }

  /** Room with no endpoint closed. */
  public DeliveryRoom(int total, int perEndpoint, Map<String, Integer> busy) {
    this(total, perEndpoint, busy, Set.of());
  }

  /** The endpoints that differ from others, and how many each of them can take. */
  Map<String, Integer> exceptions() {
    Map<String, Integer> exceptions = new HashMap<>(busy);
    closed.forEach(endpoint -> exceptions.put(endpoint, 0));
    return exceptions;
  }
}
