package io.legwork.notifier.stream;

import io.legwork.problems.Problem;
import io.legwork.problems.ProblemException;
import io.legwork.problems.ProblemType;
import java.util.HashMap;
import java.util.Map;

/** How many streams are open, of all and of each tenant, within bounds. Thread-safe. */
final class StreamRoom {

  private final int limit;
  private final int tenantLimit;
  private final Map<String, Integer> openByTenant = new HashMap<>();
  private int open;
  private boolean closed;

  StreamRoom(int limit, int tenantLimit) {
    this.limit = limit;
    this.tenantLimit = tenantLimit;
  }

  /**
   * Opens one more.
   *
   * @throws ProblemException if there is no room for it
   */
  synchronized void enter(String tenant) {
    if (open >= limit || closed) {
      throw new ProblemException(ProblemType.OVERLOADED, "no more streams can be opened");
    }
    if (openByTenant.getOrDefault(tenant, 0) >= tenantLimit) {
      throw new ProblemException(
          Problem.ofPolicy("tenant-streams", "the tenant has %d streams".formatted(tenantLimit)));
    }
    openByTenant.merge(tenant, 1, Integer::sum);
    open++;
  }

  /** One that has entered is over. */
  synchronized void leave(String tenant) {
    openByTenant.computeIfPresent(tenant, (_, count) -> count == 1 ? null : count - 1);
    open--;
  }

  synchronized int open() {
    return open;
  }

  /** No more are opened; what is open may leave. */
  synchronized void close() {
    closed = true;
  }
}
