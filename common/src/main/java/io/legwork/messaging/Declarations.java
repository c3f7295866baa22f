package io.legwork.messaging;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the topology declared: once per session, and again when a message came back. */
final class Declarations {

  private static final Logger LOG = LoggerFactory.getLogger(Declarations.class);

  private final Topology topology;
  private final long pause;
  private volatile boolean doubtful;
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
    doubtful = true;
  }

  boolean isDue(long now) {
    return doubtful && now - notBefore >= 0;
  }

  /**
   * Declares the topology.
   *
   * @return what an operator has to put right, or null
   * @throws IOException if the broker cannot be asked
   */
  @Nullable String declare(PublishSession session) throws IOException {
    doubtful = false;
    notBefore = System.nanoTime() + pause;
    try {
      session.declare(topology);
      return null;
    } catch (TopologyMismatchException mismatch) {
      LOG.atError()
          .addKeyValue("name", mismatch.name())
          .addKeyValue("difference", mismatch.difference())
          .log("publisher.topology_mismatch");
      return mismatch.getMessage();
    }
  }
}
