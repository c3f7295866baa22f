package io.legwork.process;

import io.legwork.events.EventAnnouncer;
import io.legwork.ledger.EventLog;
import io.legwork.ledger.LedgerException;
import io.legwork.ledger.ProcessIdentity;
import io.legwork.ledger.Processes;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Shows twice a second that this process lives (decision 3), and with the same write up to where it
 * has announced its events. Beats until everything else has stopped.
 */
public final class Heartbeat implements SmartLifecycle {

  /** The time between two beats. */
  public static final Duration INTERVAL = Duration.ofMillis(500);

  /** How long a process may be silent before its tasks are taken over. */
  public static final Duration LEASE = Duration.ofSeconds(2);

  private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);

  private final Processes processes;
  private final ProcessIdentity identity;
  private final EventAnnouncer announcer;
  private final EventLog events;
  private final ScheduledExecutorService timer =
      Executors.newScheduledThreadPool(
          2, Thread.ofPlatform().daemon().name("heartbeat-", 1).factory());
  private volatile boolean running;
  private volatile boolean failing;

  /**
   * Beats for the identity once started.
   *
   * @param events where events that could not be announced at once are read back
   */
  public Heartbeat(
      Processes processes, ProcessIdentity identity, EventAnnouncer announcer, EventLog events) {
    this.processes = processes;
    this.identity = identity;
    this.announcer = announcer;
    this.events = events;
  }

  @Override
  public void start() {
    beat();
    running = true;
    timer.scheduleAtFixedRate(
        this::beat, INTERVAL.toMillis(), INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    timer.scheduleWithFixedDelay(this::repair, 1, 1, TimeUnit.SECONDS);
  }

  private void repair() {
    try {
      announcer.repair((sequence, limit) -> events.ofProcess(identity.id(), sequence, limit));
    } catch (LedgerException unreachable) {
      LOG.atDebug().addKeyValue("reason", unreachable.getMessage()).log("events.not_repaired");
    }
  }

  private void beat() {
    try {
      announcer.observed(processes.beat(identity, announcer.announcedThrough()));
      failing = false;
    } catch (LedgerException unreachable) {
      if (!failing) {
        LOG.atWarn()
            .addKeyValue("reason", unreachable.getMessage())
            .log("heartbeat.failed: others may take this process's tasks over");
      }
      failing = true;
    }
  }

  @Override
  public void stop() {
    timer.shutdownNow();
    beat();
    running = false;
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /** Starts first and stops last. */
  @Override
  public int getPhase() {
    return Integer.MIN_VALUE + 100;
  }
}
