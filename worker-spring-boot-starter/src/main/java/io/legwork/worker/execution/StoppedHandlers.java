package io.legwork.worker.execution;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The handlers that were told to end, until they do. One that takes no notice keeps its permit, so
 * that it can hold up its own type only; somebody has to know. Thread-safe.
 */
final class StoppedHandlers {

  /** More than a handler takes that lets interrupts through. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final Logger LOG = LoggerFactory.getLogger(StoppedHandlers.class);

  private final Set<Stopped> handlers = ConcurrentHashMap.newKeySet();
  private final Set<Stopped> overstaying = ConcurrentHashMap.newKeySet();

  private record Stopped(Attempt attempt, long atNanos) {}

  /** The attempt was ended from outside just now. */
  void add(Attempt attempt) {
    Stopped stopped = new Stopped(attempt, System.nanoTime());
    handlers.add(stopped);
    attempt
        .handlerLeft()
        .thenRun(() -> {
          handlers.remove(stopped);
          overstaying.remove(stopped);
        });
  }

  /** Tells of those that have been at it for too long, once of each. */
  void tick() {
    long now = System.nanoTime();
    for (Stopped stopped : handlers) {
      if (now - stopped.atNanos() > PATIENCE.toNanos() && overstaying.add(stopped)) {
        LOG.atWarn()
            .addKeyValue("task", stopped.attempt().task().id())
            .addKeyValue("type", stopped.attempt().task().type())
            .log(
                "handler.overstays: it was interrupted {} s ago, takes no notice and keeps one of"
                    + " the permits of its type until it returns; let it heed interrupts or ask"
                    + " isCancelled()",
                PATIENCE.toSeconds());
      }
    }
    // One may have left between the two looks.
    overstaying.removeIf(stopped -> stopped.attempt().handlerLeft().isDone());
  }

  /** How many have been at it for too long. */
  int overstaying() {
    return overstaying.size();
  }
}
