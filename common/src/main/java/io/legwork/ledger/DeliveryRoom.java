package io.legwork.ledger;

import java.util.Map;

/**
 * How many deliveries a process can take on.
 *
 * @param total for all endpoints together
 * @param perEndpoint for an endpoint that has none under way
 * @param busy for the endpoints that have some under way, maybe none
 */
public record DeliveryRoom(int total, int perEndpoint, Map<String, Integer> busy) {

  /** Takes a copy. */
  public DeliveryRoom {
    busy = Map.copyOf(busy);
  }

  /** Whether there may be due deliveries that are not handed out for lack of room. */
  public boolean hidesWork() {
    return busy.containsValue(0);
  }
}
