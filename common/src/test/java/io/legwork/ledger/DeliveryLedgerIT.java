package io.legwork.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.legwork.events.TaskEvent;
import io.legwork.ledger.AttemptOutcome.Succeeded;
import io.legwork.task.Json;
import io.legwork.task.TaskId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeliveryLedgerIT {

  private static final Duration LEASE = Duration.ofMinutes(1);
  private static final DeliveryRoom ROOM = new DeliveryRoom(100, 10, Map.of());
  private static final UUID OTHER = UUID.randomUUID();

  private TestLedger ledger;
  private DeliveryIntake intake;
  private DeliveryLeases leases;
  private DeliveryOutcomes outcomes;
  private DeliveryQueries queries;

  @BeforeEach
  void open() {
    ledger = new TestLedger();
    intake = new DeliveryIntake(ledger.dataSource, ledger.worker.id());
    leases = new DeliveryLeases(ledger.dataSource, ledger.worker.id());
    outcomes = new DeliveryOutcomes(ledger.dataSource, ledger.worker.id());
    queries = new DeliveryQueries(ledger.dataSource);
  }

  @Test
  void createsADeliveryForAnEventOnce() {
    TaskEvent event = anEvent();
    NewDelivery first = delivery(event, "a", false);
    NewDelivery second = delivery(event, "a", false);

    assertThat(intake.create(List.of(first, second), LEASE)).hasSize(1);
    assertThat(intake.create(List.of(second), LEASE)).isEmpty();
    assertThat(leases.claim(ROOM, LEASE)).hasSize(1);
  }

  @Test
  void findsEventsThatNobodyHasMadeADeliveryOf() {
    OverlookedEvents overlooked = new OverlookedEvents(ledger.dataSource);
    TaskEvent told = anEvent();
    created(delivery(told, "a", false));
    TaskEvent lost = anEvent();

    assertThat(overlooked.look(Duration.ofMinutes(1), 10).events()).isEmpty();
    OverlookedEvents.Look first = overlooked.look(Duration.ZERO, 1);
    overlooked.checked(first.through());
    OverlookedEvents.Look second = overlooked.look(Duration.ZERO, 10);
    overlooked.checked(second.through());
    overlooked.checked(first.through());

    assertThat(first).isEqualTo(new OverlookedEvents.Look(told.sequence(), List.of(), true));
    assertThat(second).isEqualTo(new OverlookedEvents.Look(lost.sequence(), List.of(lost), false));
    assertThat(overlooked.look(Duration.ZERO, 10).through()).isZero();
  }

  @Test
  void leasesADeliveryToOneAtATime() {
    NewDelivery delivery = created(delivery(anEvent(), "a", false));

    List<LeasedDelivery> leased = leases.claim(ROOM, LEASE);

    assertThat(leased)
        .singleElement()
        .satisfies(it -> {
          assertThat(it.id()).isEqualTo(delivery.id());
          assertThat(it.event()).isEqualTo(delivery.event().id());
          assertThat(it.body()).isEqualTo(delivery.body());
          assertThat(it.target()).isEqualTo(delivery.target());
        });
    assertThat(leases.claim(ROOM, LEASE)).isEmpty();
  }

  @Test
  void leavesANewDeliveryToItsCreator() {
    created(delivery(anEvent(), "a", true));

    assertThat(leases.claim(ROOM, LEASE)).isEmpty();
  }

  @Test
  void handsOutWhatWasGivenBackOrLeftUndone() {
    NewDelivery delivery = created(delivery(anEvent(), "a", true));
    leases.release(List.of(delivery.id()));

    assertThat(leases.claim(ROOM, Duration.ofMillis(1))).hasSize(1);
    ledger.execute("select pg_sleep(0.01)");
    assertThat(leases.claim(ROOM, LEASE)).hasSize(1);
  }

  @Test
  void doesNotGiveBackWhatSomebodyElseLeased() {
    NewDelivery delivery = created(delivery(anEvent(), "a", true));

    new DeliveryLeases(ledger.dataSource, OTHER).release(List.of(delivery.id()));

    assertThat(leases.claim(ROOM, LEASE)).isEmpty();
  }

  @Test
  void takesFromEachEndpointWhatThereIsRoomFor() {
    for (String endpoint : List.of("a", "a", "a", "a", "b", "b", "b", "c")) {
      created(delivery(anEvent(), endpoint, false));
    }

    List<LeasedDelivery> leased =
        leases.claim(new DeliveryRoom(100, 2, Map.of("a", 1, "b", 0)), LEASE);

    assertThat(leased).extracting(LeasedDelivery::endpoint).containsExactlyInAnyOrder("a", "c");
    assertThat(leases.claim(new DeliveryRoom(2, 10, Map.of()), LEASE)).hasSize(2);
    assertThat(leases.claim(ROOM, LEASE)).hasSize(4);
  }

  @Test
  void keepsTheAttemptsAndSettlesTheDelivery() {
    NewDelivery delivery = created(delivery(anEvent(), "a", true));

    assertThat(recorded(outcomes, delivery, DeliveryState.PENDING, 500)).isTrue();
    ledger.execute("select pg_sleep(0.01)");
    assertThat(leases.claim(ROOM, LEASE)).extracting(LeasedDelivery::attempts).containsExactly(1);
    assertThat(recorded(outcomes, delivery, DeliveryState.DELIVERED, 204)).isTrue();
    assertThat(recorded(outcomes, delivery, DeliveryState.DELIVERED, 204)).isFalse();

    DeliveryView view = only(delivery);
    assertThat(view.state()).isEqualTo(DeliveryState.DELIVERED);
    assertThat(view.url()).isEqualTo("http://a/");
    assertThat(view.attempts()).extracting(DeliveryAttempt::status).containsExactly(500, 204);
    assertThat(ledger.count("delivery_due")).isZero();
  }

  @Test
  void ignoresTheFailureOfAnAttemptWhoseLeaseWasLost() {
    NewDelivery delivery = created(delivery(anEvent(), "a", true));
    DeliveryOutcomes late = new DeliveryOutcomes(ledger.dataSource, OTHER);

    assertThat(recorded(late, delivery, DeliveryState.EXHAUSTED, null)).isFalse();
    assertThat(only(delivery).state()).isEqualTo(DeliveryState.PENDING);
  }

  @Test
  void takesASuccessFromAnybody() {
    NewDelivery delivery = created(delivery(anEvent(), "a", true));
    DeliveryOutcomes late = new DeliveryOutcomes(ledger.dataSource, OTHER);

    assertThat(recorded(late, delivery, DeliveryState.DELIVERED, 200)).isTrue();
    assertThat(recorded(outcomes, delivery, DeliveryState.PENDING, 500)).isFalse();
    assertThat(only(delivery).state()).isEqualTo(DeliveryState.DELIVERED);
  }

  @Test
  void showsATenantNothingOfAnother() {
    NewDelivery delivery = created(delivery(anEvent(), "a", true));

    assertThat(queries.ofTask("other", delivery.event().task())).isEmpty();
  }

  @Test
  void readsTasksWithCallbacksAndResultsThatAreSmallEnough() {
    TaskEvent small = anEvent("\"small\"");
    TaskEvent large = anEvent("\"" + "x".repeat(100) + "\"");
    TaskId open = ledger.accepted(ledger.aTask());

    Map<TaskId, CallbackTask> tasks =
        new CallbackTasks(ledger.dataSource)
            .find(List.of(small.task(), large.task(), open, new TaskId(OTHER)), 50);

    assertThat(tasks).containsOnlyKeys(small.task(), large.task(), open);
    assertThat(tasks.get(small.task()))
        .satisfies(task -> {
          assertThat(task.result()).isEqualTo(Json.of("\"small\""));
          assertThat(task.target().url()).isEqualTo("https://example.org/hook");
        });
    assertThat(tasks.get(large.task()))
        .satisfies(task -> {
          assertThat(task.result()).isNull();
          assertThat(task.resultSize()).isEqualTo(102);
        });
  }

  private TaskEvent anEvent() {
    return anEvent("1");
  }

  private TaskEvent anEvent(String result) {
    TaskId task = ledger.accepted(ledger.aTask());
    ledger.claimed(task, 0);
    return ledger.recorded(new Succeeded(task, 1, Json.of(result)));
  }

  private NewDelivery delivery(TaskEvent event, String endpoint, boolean leased) {
    return new NewDelivery(
        ledger.ids.next(),
        event,
        NewDelivery.CALLBACK,
        new DeliveryTarget("http://" + endpoint + "/", "whsec_secret"),
        endpoint,
        Json.of("{\"n\":" + event.sequence() + "}"),
        leased);
  }

  private NewDelivery created(NewDelivery delivery) {
    assertThat(intake.create(List.of(delivery), LEASE)).containsExactly(delivery.id());
    return delivery;
  }

  private static boolean recorded(
      DeliveryOutcomes outcomes,
      NewDelivery delivery,
      DeliveryState state,
      @Nullable Integer status) {
    DeliveryAttempt attempt =
        new DeliveryAttempt(Instant.now(), Duration.ofMillis(3), status, null, null);
    return outcomes
        .record(List.of(new DeliveryOutcome(delivery.id(), state, Duration.ZERO, attempt)))
        .getFirst();
  }

  private DeliveryView only(NewDelivery delivery) {
    List<DeliveryView> deliveries =
        queries.ofTask(delivery.event().tenant(), delivery.event().task());
    assertThat(deliveries).hasSize(1);
    return deliveries.getFirst();
  }
}
