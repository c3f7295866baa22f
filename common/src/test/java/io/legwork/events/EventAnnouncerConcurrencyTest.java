package io.legwork.events;

import static io.legwork.events.TestEvents.event;
import static io.legwork.events.TestEvents.eventsOf;
import static io.legwork.events.TestEvents.isForTheNotifier;
import static io.legwork.events.TestEvents.sequenceOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.legwork.messaging.OutgoingMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Timeout;

/**
 * A database that hands out sequences, statements that commit, fail or are never heard of again, a
 * publisher that refuses and confirms as it likes, all at once: the watermark must never claim an
 * event that was not confirmed, to the notifier or to others.
 */
@Timeout(60)
class EventAnnouncerConcurrencyTest {

  private static final int STATEMENTS = 1_000;
  private static final int WRITERS = 4;

  private final AtomicLong allocated = new AtomicLong();
  private final ConcurrentNavigableMap<Long, TaskEvent> ledger = new ConcurrentSkipListMap<>();
  private final Set<Long> confirmed = ConcurrentHashMap.newKeySet();
  private final Set<Long> told = ConcurrentHashMap.newKeySet();
  private final Queue<Runnable> confirmations = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean refusing = new AtomicBoolean();
  private final AtomicBoolean writing = new AtomicBoolean(true);
  private final AtomicLong time = new AtomicLong();
  private long checked;
  private final EventAnnouncer announcer =
      new EventAnnouncer(
          this::publish, () -> Instant.ofEpochMilli(time.get()), Duration.ofMillis(5));

  @RepeatedTest(3)
  void neverClaimsWhatIsNotConfirmedAndClaimsEverythingInTheEnd() throws Exception {
    try (var threads = Executors.newCachedThreadPool()) {
      var writers = new ArrayList<CompletableFuture<Void>>();
      for (int i = 0; i < WRITERS; i++) {
        writers.add(CompletableFuture.runAsync(this::writeStatements, threads));
      }
      var others =
          List.of(
              CompletableFuture.runAsync(() -> whileWriting(this::confirmSome), threads),
              CompletableFuture.runAsync(() -> whileWriting(this::beat), threads),
              CompletableFuture.runAsync(() -> whileWriting(this::checkWatermark), threads));

      CompletableFuture.allOf(writers.toArray(CompletableFuture[]::new)).join();
      writing.set(false);
      CompletableFuture.allOf(others.toArray(CompletableFuture[]::new)).join();
    }

    refusing.set(false);
    time.addAndGet(1_000);
    announcer.observed(allocated.get());
    announcer.repair(this::read);
    confirmSome();

    assertThat(confirmed).containsAll(ledger.keySet());
    assertThat(told).containsAll(ledger.keySet());
    assertThat(announcer.announcedThrough()).isEqualTo(allocated.get());
  }

  private void writeStatements() {
    var random = ThreadLocalRandom.current();
    for (int i = 0; i < STATEMENTS; i++) {
      var ticket = announcer.begin();
      List<TaskEvent> events = new ArrayList<>();
      for (int count = random.nextInt(4); count > 0; count--) {
        events.add(event(allocated.incrementAndGet()));
      }
      Thread.onSpinWait();
      switch (random.nextInt(10)) {
        case 0 -> ticket.abandoned();
        case 1 -> {
          commit(events);
          ticket.doubtful();
        }
        case 2 -> ticket.doubtful();
        default -> {
          commit(events);
          ticket.committed(events);
        }
      }
    }
  }

  private void commit(List<TaskEvent> events) {
    for (TaskEvent event : events) {
      assertThat(announcer.announcedThrough()).isLessThan(event.sequence());
      ledger.put(event.sequence(), event);
    }
  }

  private void whileWriting(Runnable step) {
    while (writing.get()) {
      step.run();
      Thread.onSpinWait();
    }
  }

  private void beat() {
    time.incrementAndGet();
    refusing.set(ThreadLocalRandom.current().nextInt(4) == 0);
    announcer.observed(allocated.get());
    announcer.repair(this::read);
  }

  private void checkWatermark() {
    long through = announcer.announcedThrough();
    Set<Long> claimed = ledger.subMap(checked, false, through, true).keySet();
    assertThat(confirmed).containsAll(claimed);
    assertThat(told).containsAll(claimed);
    checked = through;
  }

  private void confirmSome() {
    for (var next = confirmations.poll(); next != null; next = confirmations.poll()) {
      next.run();
    }
  }

  private CompletableFuture<Void> publish(OutgoingMessage message) {
    if (refusing.get()) {
      return CompletableFuture.failedFuture(new IllegalStateException("full"));
    }
    var outcome = new CompletableFuture<Void>();
    confirmations.add(() -> {
      if (isForTheNotifier(message)) {
        eventsOf(message).forEach(event -> told.add(event.sequence()));
      } else {
        confirmed.add(sequenceOf(message));
      }
      outcome.complete(null);
    });
    return outcome;
  }

  private List<TaskEvent> read(long after, int limit) {
    return ledger.tailMap(after, false).values().stream().limit(limit).toList();
  }
}
