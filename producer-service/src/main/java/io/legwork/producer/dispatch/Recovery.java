package io.legwork.producer.dispatch;

import io.legwork.events.Announcement;
import io.legwork.events.EventAnnouncer;
import io.legwork.events.TaskEvent;
import io.legwork.ledger.EventLog;
import io.legwork.ledger.ExpiredTasks;
import io.legwork.ledger.LostAttempts;
import io.legwork.ledger.Requeued;
import io.legwork.ledger.SilentProcesses;
import io.legwork.ledger.SilentProcesses.Silent;
import io.legwork.messaging.ConfirmedPublisher;
import io.legwork.process.Heartbeat;
import io.legwork.process.RepeatedWork;
import io.legwork.task.TaskId;
import io.micrometer.core.instrument.Counter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes care of what processes that fell silent have left behind: their running tasks are queued
 * again, their events are announced. Ends tasks that have missed their deadline, too.
 */
final class Recovery implements RepeatedWork.Work {

  private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

  /** Longer than a worker's lease: a redelivered message leads to a takeover before. */
  private static final Duration SILENCE = Heartbeat.LEASE.plusMillis(500);

  /** A process may come back for as long, from a machine that slept. */
  private static final Duration RETENTION = Duration.ofHours(6);

  private static final Duration CONFIRM = Duration.ofSeconds(15);
  private static final int BATCH = 500;

  private final LostAttempts lostAttempts;
  private final ExpiredTasks expiredTasks;
  private final SilentProcesses processes;
  private final EventLog events;
  private final EventAnnouncer announcer;
  private final ConfirmedPublisher publisher;
  private final Dispatcher dispatcher;
  private final Counter expiredLeases;

  Recovery(
      RecoveryParts parts,
      EventLog events,
      EventAnnouncer announcer,
      ConfirmedPublisher publisher,
      Dispatcher dispatcher,
      Counter expiredLeases) {
    this.lostAttempts = parts.lostAttempts();
    this.expiredTasks = parts.expiredTasks();
    this.processes = parts.processes();
    this.events = events;
    this.announcer = announcer;
    this.publisher = publisher;
    this.dispatcher = dispatcher;
    this.expiredLeases = expiredLeases;
  }

  @Override
  public boolean round() {
    boolean more = expire();
    more |= releaseLostAttempts();
    for (Silent silent : processes.find(SILENCE)) {
      if (announceEvents(silent)) {
        processes.settle(silent.id(), SILENCE);
        processes.forget(RETENTION);
      }
    }
    return more;
  }

  private boolean expire() {
    List<TaskEvent> expired =
        announcer.announcing(() -> expiredTasks.expire(BATCH), Function.identity());
    return expired.size() == BATCH;
  }

  private boolean releaseLostAttempts() {
    List<TaskId> lost = lostAttempts.find(SILENCE, BATCH);
    if (lost.isEmpty()) {
      return false;
    }
    Requeued released =
        announcer.announcing(() -> lostAttempts.release(lost, SILENCE), Requeued::events);
    dispatcher.dispatch(released.queued());
    expiredLeases.increment(released.events().size());
    LOG.atInfo()
        .addKeyValue("tasks", released.events().size())
        .log("tasks.recovered from workers that fell silent");
    return lost.size() == BATCH;
  }

  /** Announces what a silent process had committed and may not have announced. */
  private boolean announceEvents(Silent silent) {
    List<TaskEvent> left = events.ofProcess(silent.id(), silent.announcedThrough(), BATCH);
    if (left.isEmpty()) {
      return true;
    }
    CompletableFuture<?>[] published =
        Announcement.of(left).stream()
            .flatMap(announcement -> announcement.messages().stream())
            .map(publisher::publish)
            .toArray(CompletableFuture<?>[]::new);
    try {
      CompletableFuture.allOf(published).get(CONFIRM.toMillis(), TimeUnit.MILLISECONDS);
      processes.announced(silent.id(), left.getLast().sequence());
      LOG.atInfo()
          .addKeyValue("silent", silent.id())
          .addKeyValue("events", left.size())
          .log("events.announced for a process that fell silent");
    } catch (ExecutionException | TimeoutException unconfirmed) {
      LOG.atDebug().addKeyValue("silent", silent.id()).log("events.not_announced yet");
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    return false;
  }
}
