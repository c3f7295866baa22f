package io.legwork.notifier.delivery;

/**
 * What may go to an endpoint.
 *
 * @param concurrency how many attempts may be under way at the same time
 * @param perSecond how many may begin in a second, 0 for no limit
 */
record LaneLimits(int concurrency, int perSecond) {

  private static final int WAITING_FACTOR = 4;

  /** More than this many seconds of work are left in the ledger. */
  private static final int SECONDS = 5;

  /** How many may be let in: a few more than may be under way, to wait their turn. */
  int room() {
    int waiting = concurrency * WAITING_FACTOR;
    return perSecond == 0 ? waiting : Math.min(waiting, perSecond * SECONDS);
  }
}
