package io.legwork.notifier.delivery;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Those let in for one endpoint. Guarded by its owner, but for the permits. */
final class Lane {

  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  final CircuitBreaker breaker = new CircuitBreaker();
  private LaneLimits limits;
  private Semaphore permits;
  private long slot;
  private int inside;
  private boolean more;

  Lane(LaneLimits limits) {
    this.limits = limits;
    this.permits = new Semaphore(limits.concurrency(), true);
  }

  /** Takes over what was chosen since. */
  void adopt(LaneLimits chosen) {
    if (inside == 0 && !chosen.equals(limits)) {
      limits = chosen;
      permits = new Semaphore(chosen.concurrency(), true);
    }
  }

  /** One for each attempt that may be under way. */
  Semaphore permits() {
    return permits;
  }

  void enter() {
    inside++;
  }

  void leave() {
    inside--;
  }

  /** Whether there is nothing to remember. */
  boolean isIdle(long now) {
    return inside == 0 && !more && breaker.isIdle(now);
  }

  /** Whether nothing more is to go there before the circuit breaker allows it. */
  boolean isClosed(long now) {
    return breaker.isClosed(now) || (breaker.isProbing(now) && inside > 0);
  }

  int room(long now) {
    if (breaker.isClosed(now)) {
      return 0;
    }
    return Math.max((breaker.isProbing(now) ? 1 : limits.room()) - inside, 0);
  }

  /** More is due in the ledger than was let in, or may be. */
  void expectMore(boolean expected) {
    more = expected;
  }

  /** Whether there is now so much room for what is due that it is worthwhile to look for it. */
  boolean isWorthALook(long now) {
    return more && room(now) >= Math.max(limits.room() / 2, 1);
  }

  long slotAfter(long now) {
    return limits.perSecond() == 0 || slot - now < 0 ? now : slot;
  }

  void take(long at) {
    if (limits.perSecond() > 0) {
      slot = at + SECOND / limits.perSecond();
    }
  }
}
