package io.legwork.messaging;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Keeps the topology declared: once per session, and again when a message came back. */
final class Declarations {

  private static final Logger LOG = LoggerFactory.getLogger(Declarations.class);

  /** How long to wait before looking whether an operator has put things right. */
  private static final Duration MISMATCH_PAUSE = Duration.ofSeconds(2);

  /**
   * For how many nanoseconds a queue stays away that was deleted. Declared anew within
   * milliseconds, it would take those who consumed its predecessor for its own consumers: they
   * would neither be told of the deletion nor get any of the messages it hands to them.
   */
  static final long SETTLING = Duration.ofSeconds(1).toNanos();

  private final Topology topology;
  private final long pause;
  private volatile boolean doubtful;
  private volatile long doubtfulSince;
  private boolean mismatched;
  private long notBefore = System.nanoTime();

  /**
   * @param pause how long to wait between declarations
   */
  Declarations(Topology topology, Duration pause) {
    this.topology = topology;
    this.pause = pause.toNanos();
  }

  /** Notes that a message had nowhere to go; may be called by any thread. */
  void doubt() {
    if (!doubtful) {
      doubtfulSince = System.nanoTime();
      doubtful = true;
    }
  }

  boolean isDue(long now) {
    boolean settled = doubtful && now - doubtfulSince >= SETTLING;
    return (settled || mismatched) && now - notBefore >= 0;
  }

  /**
   * Declares the topology.
   *
   * @return what an operator has to put right, or null; then the next declaration is due soon
   * @throws IOException if the broker cannot be asked
   */
  @Nullable TopologyMismatchException declare(PublishSession session) throws IOException {
    doubtful = false;
    notBefore = System.nanoTime() + pause;
    try {
      session.declare(topology);
      mismatched = false;
      return null;
    } catch (TopologyMismatchException mismatch) {
      notBefore = System.nanoTime() + MISMATCH_PAUSE.toNanos();
      LOG.atLevel(mismatched ? Level.DEBUG : Level.ERROR)
          .addKeyValue("name", mismatch.name())
          .addKeyValue("difference", mismatch.difference())
          .log("publisher.topology_mismatch");
      mismatched = true;
      return mismatch;
    }
  }
}
