package io.legwork.worker.execution;

import io.legwork.events.EventAnnouncer;
import io.legwork.ledger.Claim;
import io.legwork.ledger.LedgerException;
import io.legwork.ledger.LostAttempts;
import io.legwork.ledger.Requeued;
import io.micrometer.core.instrument.Counter;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides what to do with a message whose task another worker is running. If that worker's heart
 * has beaten since the message came, the message is a duplicate; if it has been silent for the
 * lease, the task is taken over; until one of the two is certain, the message waits (decision 3).
 */
final class Takeover {

  private static final Logger LOG = LoggerFactory.getLogger(Takeover.class);

  /** Covers the time between the ledger's answer and its reading. */
  private static final Duration MARGIN = Duration.ofMillis(500);

  private final LostAttempts lostAttempts;
  private final EventAnnouncer announcer;
  private final UUID self;
  private final Duration lease;
  private final Counter expired;

  /** What to do with the message. */
  sealed interface Decision {

    /** The owner lives and will record the outcome. */
    record Duplicate() implements Decision {}

    /** Nothing is certain yet. */
    record Wait() implements Decision {}

    /** The owner is gone and the task is QUEUED again; claim it with this latest attempt. */
    record Claim(int attempt) implements Decision {}
  }

  /**
   * @param self this worker's process
   * @param lease how long a worker may be silent
   * @param expired counts attempts that were taken from silent workers
   */
  Takeover(
      LostAttempts lostAttempts,
      EventAnnouncer announcer,
      UUID self,
      Duration lease,
      Counter expired) {
    this.lostAttempts = lostAttempts;
    this.announcer = announcer;
    this.self = self;
    this.lease = lease;
    this.expired = expired;
  }

  /** Whether this very worker holds the task. */
  boolean isOwn(Claim.Running held) {
    return held.owner().equals(self);
  }

  /**
   * Decides on a message.
   *
   * @param age how long ago the message came
   */
  Decision consider(Claim.Running held, Duration age) {
    Duration silence = held.silence();
    if (silence == null || silence.compareTo(lease) >= 0) {
      return takeOver(held);
    }
    boolean hasBeatenSince = silence.plus(MARGIN).compareTo(age) < 0;
    return hasBeatenSince ? new Decision.Duplicate() : new Decision.Wait();
  }

  private Decision takeOver(Claim.Running held) {
    try {
      Requeued released =
          announcer.announcing(
              () -> lostAttempts.release(List.of(held.task()), lease), Requeued::events);
      expired.increment(released.events().size());
      LOG.atInfo()
          .addKeyValue("task", held.task())
          .addKeyValue("attempt", held.attempt())
          .addKeyValue("worker", held.owner())
          .log("task.taken_over from a silent worker");
      return released.queued().isEmpty() ? new Decision.Wait() : new Decision.Claim(held.attempt());
    } catch (LedgerException unavailable) {
      return new Decision.Wait();
    }
  }
}
