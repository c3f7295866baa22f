package io.legwork.events;

import io.legwork.messaging.ConfirmedPublisher;
import io.legwork.messaging.OutgoingMessage;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Publishes this process's events right after their commit, and knows how far that has come without
 * a write per event.
 *
 * <p><b>What the watermark says:</b> every event this process has committed, or will yet commit,
 * with a sequence up to {@link #announcedThrough()} has been confirmed by the broker. The process
 * stores it with its heartbeat; when the process dies, its events beyond the stored value are
 * published by another (some for the second time, with the same id).
 *
 * <p><b>Why it holds:</b> sequences are allocated in ascending order. A {@link Ticket} is taken
 * before a statement that may create events, so whatever that statement allocates lies above what
 * was known to be allocated then: the ticket's floor, which the watermark cannot pass while the
 * ticket is open. When the statement has committed, its events take the ticket's place as
 * outstanding, and the watermark stays below the lowest of them until it is confirmed. With nothing
 * open or outstanding it rises to the highest allocated sequence anybody told us of.
 *
 * <p><b>What does not fit into the publisher</b> is left in the ledger: the watermark stays below
 * the first event left there, later events are left there, too, and {@link #repair} reads and
 * publishes them when there is room again. Nothing is kept in memory for it. The same goes for
 * statements whose outcome is unknown, once the ledger has had the time to end them.
 *
 * <p>Thread-safe.
 */
public final class EventAnnouncer {

  private static final int PAGE = 500;

  private final Function<OutgoingMessage, CompletableFuture<Void>> publisher;
  private final InstantSource clock;
  private final Duration doubt;
  private final Watermark watermark = new Watermark();
  private final AnnouncementLag lag = new AnnouncementLag();

  /**
   * @param doubt after how long a statement with an unknown outcome has surely ended in the
   *     database; longer than the statement timeout there
   */
  public EventAnnouncer(ConfirmedPublisher publisher, InstantSource clock, Duration doubt) {
    this(publisher::publish, clock, doubt);
  }

  EventAnnouncer(
      Function<OutgoingMessage, CompletableFuture<Void>> publisher,
      InstantSource clock,
      Duration doubt) {
    this.publisher = publisher;
    this.clock = clock;
    this.doubt = doubt;
  }

  /** Must be called before a ledger statement that may create events. */
  public Ticket begin() {
    return new Ticket(watermark.open());
  }

  /**
   * Runs a ledger statement and announces the events it has committed.
   *
   * @param events finds the events in what the statement returned
   */
  public <R> R announcing(Supplier<R> statement, Function<R, List<TaskEvent>> events) {
    Ticket ticket = begin();
    R result;
    try {
      result = statement.get();
    } catch (RuntimeException failure) {
      ticket.doubtful();
      throw failure;
    }
    ticket.committed(events.apply(result));
    return result;
  }

  /**
   * Takes note of the highest sequence the database has allocated, whoever it was for. The answer
   * must come from a query that was sent before this call.
   */
  public void observed(long currentMax) {
    watermark.observed(currentMax);
  }

  /** Up to which sequence all events of this process have been confirmed by the broker. */
  public long announcedThrough() {
    lag();
    return watermark.value();
  }

  /**
   * For how long an event of this process has been waiting to be confirmed; zero if none has. Found
   * out whenever this or {@link #announcedThrough} is called, so that it is too little by the time
   * between two calls.
   */
  public Duration lag() {
    return lag.at(clock.instant(), watermark.value(), watermark.known());
  }

  /**
   * Publishes what was left in the ledger, as far as the publisher takes it; does nothing if
   * nothing was. To be called regularly, by one thread at a time; throws what the reader throws,
   * and is simply to be called again.
   */
  public synchronized void repair(CommittedEvents ledger) {
    watermark.ripen(clock.instant());
    while (watermark.needsRepair()) {
      long after = watermark.beginPage();
      List<TaskEvent> page = ledger.after(after, PAGE);
      int taken = announceUntilRefused(page);
      watermark.endPage(taken == 0 ? after : page.get(taken - 1).sequence());
      if (taken < page.size()) {
        return;
      }
      if (taken < PAGE) {
        watermark.caughtUp();
      }
    }
  }

  private void announceOrLeave(List<TaskEvent> events) {
    int taken = 0;
    for (Announcement announcement : Announcement.of(events)) {
      if (!announce(announcement)) {
        watermark.left(events.subList(taken, events.size()));
        return;
      }
      taken += announcement.events().size();
    }
  }

  private int announceUntilRefused(List<TaskEvent> page) {
    int taken = 0;
    for (Announcement announcement : Announcement.of(page)) {
      announcement.events().forEach(event -> watermark.outstanding(event.sequence()));
      if (!announce(announcement)) {
        watermark.left(announcement.events());
        break;
      }
      taken += announcement.events().size();
    }
    return taken;
  }

  /** Whether the publisher took it all; if not, the events are to be left in the ledger. */
  private boolean announce(Announcement announcement) {
    List<CompletableFuture<Void>> published = new ArrayList<>(announcement.messages().size());
    for (OutgoingMessage message : announcement.messages()) {
      CompletableFuture<Void> confirmed = publisher.apply(message);
      if (confirmed.isCompletedExceptionally()) {
        return false;
      }
      published.add(confirmed);
    }
    var _ =
        CompletableFuture.allOf(published.toArray(CompletableFuture<?>[]::new))
            .thenRun(() -> watermark.confirmed(announcement.events()));
    return true;
  }

  /** Stands for a ledger statement under way. Exactly one of its methods must be called, once. */
  public final class Ticket {

    private final long floor;
    private boolean ended;

    private Ticket(long floor) {
      this.floor = floor;
    }

    /** The statement has committed and created these events, maybe none: they are published. */
    public void committed(List<TaskEvent> events) {
      end();
      List<Long> sequences = events.stream().map(TaskEvent::sequence).toList();
      if (watermark.committed(floor, sequences)) {
        announceOrLeave(events);
      }
    }

    /** The statement has certainly committed nothing. */
    public void abandoned() {
      end();
      watermark.abandoned(floor);
    }

    /** Nobody knows whether the statement has committed, or still will. */
    public void doubtful() {
      end();
      watermark.doubtful(floor, clock.instant().plus(doubt));
    }

    private synchronized void end() {
      if (ended) {
        throw new IllegalStateException("the ticket has been used already");
      }
      ended = true;
    }
  }
}
