package io.legwork.access;

import java.util.Set;

/**
 * Which tasks a caller has to do with.
 *
 * @param types the task types, empty for all
 * @param queues the queues, empty for all
 */
public record Scope(Set<String> types, Set<String> queues) {

  /** Every task of the tenant. */
  public static final Scope ALL = new Scope(Set.of(), Set.of());

  /** Takes copies. */
  public Scope {
    types = Set.copyOf(types);
    queues = Set.copyOf(queues);
  }

  /** Whether anything is left out. */
  public boolean isLimited() {
    return !types.isEmpty() || !queues.isEmpty();
  }

  /** Whether a task of the type in the queue is within it. */
  public boolean covers(String type, String queue) {
    return coversType(type) && (queues.isEmpty() || queues.contains(queue));
  }

  /** Whether tasks of the type may be within it. */
  public boolean coversType(String type) {
    return types.isEmpty() || types.contains(type);
  }
}
