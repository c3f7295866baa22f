package io.legwork.events;

import java.util.List;

/** Reads this process's own events back from the ledger. */
@FunctionalInterface
public interface CommittedEvents {

  /**
   * The committed events of this process that come after the given sequence, in order.
   *
   * @param limit how many to give at most; fewer mean that there are no more
   */
  List<TaskEvent> after(long sequence, int limit);
}
