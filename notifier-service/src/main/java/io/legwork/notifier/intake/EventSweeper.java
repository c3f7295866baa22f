package io.legwork.notifier.intake;

import io.legwork.events.TaskEvent;
import io.legwork.ledger.LedgerException;
import io.legwork.ledger.OverlookedEvents;
import io.legwork.notifier.delivery.EventDeliveries;
import io.legwork.process.RepeatedWork;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Makes the deliveries of events whose messages did not come (guarantee G7): a broker that has
 * confirmed a message may still lose it with its queue. It also stands in for a broker that is away
 * for long.
 */
final class EventSweeper implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(EventSweeper.class);
  private static final int PAGE = 1_000;

  /** After what it hands events to has started, and stopped before that is. */
  private static final int PHASE = 1_000;

  private final OverlookedEvents ledger;
  private final EventDeliveries deliveries;
  private final Duration patience;
  private @Nullable RepeatedWork work;

  /**
   * @param patience how long the message of an event may take
   */
  EventSweeper(OverlookedEvents ledger, EventDeliveries deliveries, Duration patience) {
    this.ledger = ledger;
    this.deliveries = deliveries;
    this.patience = patience;
  }

  private boolean sweep() {
    var _ = deliveries.look();
    OverlookedEvents.Look look = ledger.look(deliveries.haveSubscribers(), patience, PAGE);
    List<TaskEvent> overlooked = look.events().stream().filter(deliveries::concerns).toList();
    if (!overlooked.isEmpty()) {
      create(overlooked);
      LOG.atInfo()
          .addKeyValue("events", overlooked.size())
          .addKeyValue("first", overlooked.getFirst().sequence())
          .log("events.overlooked: their messages did not come, their deliveries are made now");
    }
    if (look.through() > 0) {
      ledger.checked(look.through());
    }
    return look.more();
  }

  /** What cannot be delivered at all is left out; the others are not held up by it. */
  private void create(List<TaskEvent> events) {
    try {
      deliveries.create(events);
    } catch (LedgerException failure) {
      if (!LedgerException.blamesOneRow(failure)) {
        throw failure;
      }
      if (events.size() > 1) {
        events.forEach(event -> create(List.of(event)));
      } else {
        LOG.atError()
            .addKeyValue("eventId", events.getFirst().id())
            .addKeyValue("task", events.getFirst().task())
            .addKeyValue("reason", failure.getMessage())
            .log("event.undeliverable: it is left out");
      }
    }
  }

  @Override
  public synchronized void start() {
    work = RepeatedWork.start("event-sweeper", patience.dividedBy(2), this::sweep);
  }

  @Override
  public synchronized void stop() {
    if (work != null) {
      work.stop();
      work = null;
    }
  }

  @Override
  public synchronized boolean isRunning() {
    return work != null;
  }

  @Override
  public int getPhase() {
    return PHASE;
  }
}
