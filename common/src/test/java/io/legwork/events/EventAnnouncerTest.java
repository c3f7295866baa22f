package io.legwork.events;

import static io.legwork.events.TestEvents.event;
import static io.legwork.events.TestEvents.isForTheNotifier;
import static io.legwork.events.TestEvents.sequenceOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.legwork.messaging.OutgoingMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class EventAnnouncerTest {

  private static final Duration DOUBT = Duration.ofSeconds(60);

  private final Map<String, CompletableFuture<Void>> published = new LinkedHashMap<>();
  private final TreeMap<Long, TaskEvent> ledger = new TreeMap<>();
  private CompletableFuture<Void> notifierTold = CompletableFuture.completedFuture(null);
  private int room = Integer.MAX_VALUE;
  private Instant now = Instant.EPOCH;
  private final EventAnnouncer announcer = new EventAnnouncer(this::publish, () -> now, DOUBT);

  @Test
  void startsAtNothing() {
    assertThat(announcer.announcedThrough()).isZero();
  }

  @Test
  void risesToWhatIsKnownWhileThereIsNothingToAnnounce() {
    announcer.observed(40);

    assertThat(announcer.announcedThrough()).isEqualTo(40);
  }

  @Test
  void neverFalls() {
    announcer.observed(40);
    announcer.observed(30);

    assertThat(announcer.announcedThrough()).isEqualTo(40);
  }

  @Test
  void staysAtTheFloorOfAnOpenTicket() {
    announcer.observed(40);
    var ticket = announcer.begin();
    announcer.observed(50);

    assertThat(announcer.announcedThrough()).isEqualTo(40);

    ticket.abandoned();
    assertThat(announcer.announcedThrough()).isEqualTo(50);
  }

  @Test
  void heedsEveryTicketOfTheSameFloor() {
    announcer.observed(40);
    var one = announcer.begin();
    var other = announcer.begin();
    announcer.observed(50);

    one.abandoned();
    assertThat(announcer.announcedThrough()).isEqualTo(40);

    other.abandoned();
    assertThat(announcer.announcedThrough()).isEqualTo(50);
  }

  @Test
  void staysBelowTheLowestUnconfirmedEvent() {
    commit(3);
    commit(5);
    commit(8);
    assertThat(announcer.announcedThrough()).isEqualTo(2);

    confirm(5);
    assertThat(announcer.announcedThrough()).isEqualTo(2);

    confirm(3);
    assertThat(announcer.announcedThrough()).isEqualTo(7);

    confirm(8);
    assertThat(announcer.announcedThrough()).isEqualTo(8);
  }

  @Test
  void countsEventsThatWereCommittedTogetherOnlyTogether() {
    commit(3, 5);

    confirm(3);
    assertThat(announcer.announcedThrough()).isEqualTo(2);

    confirm(5);
    assertThat(announcer.announcedThrough()).isEqualTo(5);
  }

  @Test
  void staysBelowWhatTheNotifierMayNotHaveHeardOf() {
    notifierTold = new CompletableFuture<>();
    commit(3);
    confirm(3);
    assertThat(announcer.announcedThrough()).isEqualTo(2);

    notifierTold.complete(null);
    assertThat(announcer.announcedThrough()).isEqualTo(3);
  }

  @Test
  void knowsForHowLongAnEventHasBeenWaiting() {
    commit(3, 5);
    assertThat(announcer.lag()).isZero();
    now = now.plusSeconds(4);
    assertThat(announcer.lag()).isEqualTo(Duration.ofSeconds(4));

    confirm(3);
    commit(8);
    now = now.plusSeconds(1);
    assertThat(announcer.lag()).isEqualTo(Duration.ofSeconds(5));

    confirm(5);
    assertThat(announcer.lag()).as("the next one is younger").isZero();
    now = now.plusSeconds(2);
    assertThat(announcer.lag()).isEqualTo(Duration.ofSeconds(2));

    confirm(8);
    assertThat(announcer.lag()).isZero();
    now = now.plusSeconds(60);
    assertThat(announcer.lag()).isZero();
  }

  @Test
  void endsATicketThatCreatedNoEvents() {
    var ticket = announcer.begin();
    announcer.observed(9);

    ticket.committed(List.of());

    assertThat(announcer.announcedThrough()).isEqualTo(9);
  }

  @Test
  void aTicketEndsOnce() {
    var ticket = announcer.begin();
    ticket.abandoned();

    assertThatIllegalStateException().isThrownBy(() -> ticket.committed(List.of()));
  }

  @Test
  void leavesInTheLedgerWhatThePublisherDoesNotTake() {
    room = 1;
    commit(1, 2, 3);
    confirm(1);
    room = Integer.MAX_VALUE;
    commit(4);

    assertThat(published).containsOnlyKeys("1");
    assertThat(announcer.announcedThrough()).isZero();
  }

  @Test
  void publishesWhatWasLeftOnceThereIsRoom() {
    room = 1;
    commit(1, 2, 3);
    confirm(1);
    commit(4);
    room = Integer.MAX_VALUE;

    announcer.repair(this::read);
    assertThat(published.keySet()).containsExactly("1", "2", "3", "4");
    assertThat(announcer.announcedThrough()).isZero();

    confirm(2, 3, 4);
    assertThat(announcer.announcedThrough()).isEqualTo(4);
  }

  @Test
  void publishesDirectlyAgainAfterARepair() {
    room = 0;
    commit(1);
    room = Integer.MAX_VALUE;
    announcer.repair(this::read);

    commit(2);

    assertThat(published.keySet()).containsExactly("1", "2");
  }

  @Test
  void goesOnWithTheRepairWhereThePublisherStoppedTakingMore() {
    long[] all = LongStream.rangeClosed(1, 2 * Announcement.MOST).toArray();
    room = 0;
    commit(all);
    room = Announcement.MOST + 1;
    announcer.repair(this::read);
    assertThat(published).hasSize(Announcement.MOST + 1);

    published.values().forEach(outcome -> outcome.complete(null));
    assertThat(announcer.announcedThrough()).isEqualTo(Announcement.MOST);

    room = Integer.MAX_VALUE;
    announcer.repair(this::read);
    confirm(all);
    assertThat(announcer.announcedThrough()).isEqualTo(2 * Announcement.MOST);
  }

  @Test
  void repairsMoreThanOnePage() {
    room = 0;
    for (long sequence = 1; sequence <= 1_700; sequence++) {
      commit(sequence);
    }
    room = Integer.MAX_VALUE;

    announcer.repair(this::read);

    assertThat(published).hasSize(1_700);
    published.values().forEach(outcome -> outcome.complete(null));
    assertThat(announcer.announcedThrough()).isEqualTo(1_700);
  }

  @Test
  void findsWhatWasCommittedLateBehindThePageInHand() {
    room = 0;
    commit(5);
    room = Integer.MAX_VALUE;
    var late = announcer.begin();
    List<Boolean> once = new ArrayList<>(List.of(true));

    announcer.repair((after, limit) -> {
      List<TaskEvent> page = read(after, limit);
      if (!once.isEmpty()) {
        once.clear();
        ledger.put(3L, event(3));
        late.committed(List.of(event(3)));
      }
      return page;
    });

    assertThat(published).containsKeys("3", "5");
    confirm(5);
    assertThat(announcer.announcedThrough()).isEqualTo(2);
    confirm(3);
    assertThat(announcer.announcedThrough()).isEqualTo(5);
  }

  @Test
  void losesNothingWhenTheLedgerCannotBeRead() {
    room = 0;
    commit(1, 2);
    room = Integer.MAX_VALUE;

    assertThatThrownBy(() ->
            announcer.repair((after, limit) -> {
              throw new IllegalStateException("no database");
            }))
        .hasMessage("no database");
    assertThat(announcer.announcedThrough()).isZero();

    announcer.repair(this::read);
    confirm(1, 2);
    assertThat(announcer.announcedThrough()).isEqualTo(2);
  }

  @Test
  void doesNotReadTheLedgerWithoutNeed() {
    commit(1);

    announcer.repair((after, limit) -> {
      throw new AssertionError("must not be called");
    });
  }

  @Test
  void readsBackADoubtfulStatementOnceItMustHaveEnded() {
    announcer.observed(6);
    announcer.begin().doubtful();
    ledger.put(7L, event(7));
    announcer.observed(9);
    announcer.repair(this::read);
    assertThat(published).isEmpty();
    assertThat(announcer.announcedThrough()).isEqualTo(6);

    now = now.plus(DOUBT);
    announcer.repair(this::read);
    assertThat(published).containsOnlyKeys("7");
    assertThat(announcer.announcedThrough()).isEqualTo(6);

    confirm(7);
    assertThat(announcer.announcedThrough()).isEqualTo(9);
  }

  @Test
  void publishesOthersDirectlyWhileThereIsADoubt() {
    announcer.begin().doubtful();

    commit(2);

    assertThat(published).containsOnlyKeys("2");
  }

  @Test
  void forgetsADoubtThatCameToNothing() {
    announcer.begin().doubtful();
    announcer.observed(9);
    now = now.plus(DOUBT);

    announcer.repair(this::read);

    assertThat(announcer.announcedThrough()).isEqualTo(9);
  }

  @Test
  void aLaterDoubtOfTheSameFloorProlongsTheFirst() {
    announcer.begin().doubtful();
    now = now.plus(DOUBT.dividedBy(2));
    announcer.begin().doubtful();
    announcer.observed(9);
    now = now.plus(DOUBT.dividedBy(2));

    announcer.repair(this::read);
    assertThat(announcer.announcedThrough()).isZero();

    now = now.plus(DOUBT);
    announcer.repair(this::read);
    assertThat(announcer.announcedThrough()).isEqualTo(9);
  }

  @Test
  void staysBelowEventsThatAClosedPublisherGaveUp() {
    commit(1, 2);
    confirm(2);

    publication(1).completeExceptionally(new IllegalStateException("closed"));

    assertThat(announcer.announcedThrough()).isZero();
  }

  private void commit(long... sequences) {
    var ticket = announcer.begin();
    List<TaskEvent> events = new ArrayList<>();
    for (long sequence : sequences) {
      events.add(event(sequence));
      ledger.put(sequence, event(sequence));
    }
    ticket.committed(events);
  }

  private void confirm(long... sequences) {
    for (long sequence : sequences) {
      publication(sequence).complete(null);
    }
  }

  private CompletableFuture<Void> publication(long sequence) {
    return published.getOrDefault(Long.toString(sequence), new CompletableFuture<>());
  }

  private List<TaskEvent> read(long after, int limit) {
    return ledger.tailMap(after, false).values().stream().limit(limit).toList();
  }

  private CompletableFuture<Void> publish(OutgoingMessage message) {
    if (isForTheNotifier(message)) {
      return notifierTold;
    }
    if (room == 0) {
      return CompletableFuture.failedFuture(new IllegalStateException("full"));
    }
    room--;
    return published.computeIfAbsent(
        Long.toString(sequenceOf(message)), key -> new CompletableFuture<>());
  }
}
