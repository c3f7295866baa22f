package io.legwork.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.legwork.events.TaskEvent;
import io.legwork.ledger.AttemptOutcome.Succeeded;
import io.legwork.notification.Content;
import io.legwork.notification.Notification;
import io.legwork.secrets.ContentCipher;
import io.legwork.subscription.BodyFormat;
import io.legwork.task.Json;
import io.legwork.task.KeptJson;
import io.legwork.task.TaskId;
import io.legwork.task.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
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
    intake = new DeliveryIntake(ledger.dataSource, ledger.worker.id(), ContentCipher.NONE);
    leases = new DeliveryLeases(ledger.dataSource, ledger.worker.id());
    outcomes = new DeliveryOutcomes(ledger.dataSource, ledger.worker.id());
    queries = new DeliveryQueries(ledger.walled);
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

    assertThat(overlooked.look(false, Duration.ofMinutes(1), 10).events()).isEmpty();
    OverlookedEvents.Look first = overlooked.look(false, Duration.ZERO, 1);
    overlooked.checked(first.through());
    OverlookedEvents.Look second = overlooked.look(false, Duration.ZERO, 10);
    overlooked.checked(second.through());
    overlooked.checked(first.through());

    assertThat(first).isEqualTo(new OverlookedEvents.Look(told.sequence(), List.of(), true));
    assertThat(second).isEqualTo(new OverlookedEvents.Look(lost.sequence(), List.of(lost), false));
    assertThat(overlooked.look(false, Duration.ZERO, 10).through()).isZero();
  }

  @Test
  void leasesADeliveryToOneAtATime() {
    NewDelivery delivery = created(delivery(anEvent(), "a", false));

    List<LeasedDelivery> leased = leases.claim(ROOM, LEASE);

    assertThat(leased)
        .singleElement()
        .satisfies(it -> {
          assertThat(it.id()).isEqualTo(delivery.id());
          assertThat(it.event()).isEqualTo(delivery.notification().id());
          assertThat(it.body()).isEqualTo(KeptJson.plain(delivery.content().body()));
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

    assertThat(queries.ofTask("other", task(delivery))).isEmpty();
  }

  @Test
  void handsOutWhatDescribesTheBody() {
    NewDelivery delivery = created(delivery(anEvent(), "a", false));

    assertThat(leases.claim(ROOM, LEASE))
        .extracting(LeasedDelivery::headers)
        .containsExactly(delivery.content().headers());
  }

  @Test
  void takesFromEndpointsInTurn() {
    for (int i = 0; i < 20; i++) {
      created(delivery(anEvent(), "flooded", false));
    }
    created(delivery(anEvent(), "other", false));

    assertThat(leases.claim(new DeliveryRoom(2, 10, Map.of()), LEASE))
        .extracting(LeasedDelivery::endpoint)
        .containsExactlyInAnyOrder("flooded", "other");
  }

  @Test
  void leavesWhatGoesToAClosedEndpoint() {
    created(delivery(anEvent(), "closed", false));

    assertThat(leases.claim(new DeliveryRoom(100, 10, Map.of(), Set.of("closed")), LEASE))
        .isEmpty();
  }

  @Test
  void beginsTheScheduleAgainWhenItRedelivers() {
    NewDelivery delivery = created(delivery(anEvent(), "a", true));
    var redeliveries = new Redeliveries(ledger.dataSource);
    assertThat(redeliveries.one("default", delivery.id())).as("while it pends").isFalse();
    recorded(outcomes, delivery, DeliveryState.EXHAUSTED, 500);

    assertThat(redeliveries.one("other", delivery.id())).isFalse();
    assertThat(redeliveries.one("default", delivery.id())).isTrue();

    assertThat(leases.claim(ROOM, LEASE))
        .singleElement()
        .satisfies(it -> {
          assertThat(it.attempts()).isZero();
          assertThat(it.endpoint()).isEqualTo("a");
          assertThat(it.body()).isEqualTo(KeptJson.plain(delivery.content().body()));
        });
    recorded(outcomes, delivery, DeliveryState.DELIVERED, 204);
    assertThat(only(delivery).attempts())
        .extracting(DeliveryAttempt::status)
        .containsExactly(500, 204);
  }

  @Test
  void redeliversAllThatFailedSinceATime() {
    NewDelivery failed = created(delivery(anEvent(), "callback-failed", "a", true));
    NewDelivery gone = created(delivery(anEvent(), "other", "a", true));
    NewDelivery taken = created(delivery(anEvent(), "a", true));
    recorded(outcomes, failed, DeliveryState.EXHAUSTED, 500);
    recorded(outcomes, gone, DeliveryState.DISABLED, 410);
    recorded(outcomes, taken, DeliveryState.DELIVERED, 204);
    var redeliveries = new Redeliveries(ledger.dataSource);
    Instant before = Instant.now().minusSeconds(600);

    assertThat(redeliveries.failed("default", Instant.now().plusSeconds(600), null)).isZero();
    assertThat(redeliveries.failed("default", before, "other")).isEqualTo(1);
    assertThat(redeliveries.failed("default", before, null)).isEqualTo(1);
    assertThat(leases.claim(ROOM, LEASE)).hasSize(2);
  }

  @Test
  void listsTheLatestFirst() {
    NewDelivery first = created(delivery(anEvent(), "a", true));
    NewDelivery second = created(delivery(anEvent(), "b", true));
    recorded(outcomes, first, DeliveryState.DELIVERED, 204);

    assertThat(queries.list(filter(null, null), 10))
        .extracting(DeliveryView::id)
        .containsExactly(second.id(), first.id());
    assertThat(queries.list(filter(DeliveryState.DELIVERED, null), 10))
        .extracting(DeliveryView::id)
        .containsExactly(first.id());
    assertThat(queries.list(filter(null, second.id()), 10))
        .extracting(DeliveryView::id)
        .containsExactly(first.id());
    assertThat(queries.find("default", first.id()))
        .hasValueSatisfying(it -> assertThat(it.attempts()).hasSize(1));
  }

  private static DeliveryFilter filter(@Nullable DeliveryState state, @Nullable UUID before) {
    return new DeliveryFilter("default", null, state, null, null, before);
  }

  @Test
  void dropsTheDaysWhoseRetentionIsOver() {
    NewDelivery kept = created(delivery(anEvent(), "a", true));
    ledger.execute("select add_delivery_day(current_date - 40)");
    ledger.execute(
        """
        with old as (select delivery_bound(current_date - 40) as id),
        d as (insert into delivery (id, event_id, event_sequence, created_at, type, tenant, target)
              select id, id, 0, now(), 'task.failed', 'default', 'callback' from old)
        insert into delivery_due (id, next_at, endpoint) select id, now(), 'z' from old
        """);

    assertThat(new DeliveryDays(ledger.dataSource).keep(Duration.ofDays(30))).isEqualTo(1);

    assertThat(queries.list(filter(null, null), 10))
        .extracting(DeliveryView::id)
        .containsExactly(kept.id());
    assertThat(ledger.count("delivery_due")).isEqualTo(1);
    assertThat(ledger.count("delivery_other")).isZero();
  }

  @Test
  void readsTasksWithCallbacksAndResultsThatAreSmallEnough() {
    TaskEvent small = anEvent("\"small\"");
    TaskEvent large = anEvent("\"" + "x".repeat(100) + "\"");
    TaskId open = ledger.accepted(ledger.aTask());

    Map<TaskId, AnnouncedTask> tasks =
        new AnnouncedTasks(ledger.dataSource)
            .find(List.of(small.task(), large.task(), open, new TaskId(OTHER)), 50)
            .tasks();

    assertThat(tasks).containsOnlyKeys(small.task(), large.task(), open);
    assertThat(tasks.get(small.task()))
        .satisfies(task -> {
          assertThat(task.result()).isEqualTo(KeptJson.plain(Json.of("\"small\"")));
          assertThat(task.callback())
              .isEqualTo(new DeliveryTarget("https://example.org/hook", null));
          assertThat(task.tags()).containsExactly("a:1", "b");
        });
    assertThat(tasks.get(large.task()))
        .satisfies(task -> {
          assertThat(task.state()).isEqualTo(TaskState.SUCCEEDED);
          assertThat(task.result()).isNull();
        });
  }

  private TaskEvent anEvent() {
    return anEvent("1");
  }

  private TaskEvent anEvent(String result) {
    TaskId task = ledger.accepted(ledger.aTask());
    ledger.claimed(task, 0);
    return ledger.recorded(new Succeeded(task, 1, KeptJson.plain(Json.of(result))));
  }

  private NewDelivery delivery(TaskEvent event, String endpoint, boolean leased) {
    return delivery(event, NewDelivery.CALLBACK, endpoint, leased);
  }

  private static NewDelivery delivery(
      TaskEvent event, String name, String endpoint, boolean leased) {
    Notification notification =
        Notification.of(event, Json.of("{\"n\":" + event.sequence() + "}"), false);
    return new NewDelivery(
        notification,
        name,
        new DeliveryTarget("http://" + endpoint + "/", "sealed"),
        endpoint,
        Content.of(notification, BodyFormat.CLOUDEVENTS_BINARY),
        leased,
        Duration.ZERO);
  }

  private static TaskId task(NewDelivery delivery) {
    return Objects.requireNonNull(delivery.notification().task());
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
        new DeliveryAttempt(
            Instant.now(), Duration.ofMillis(3), status, null, "POST /", "200", "fine");
    return outcomes
        .record(List.of(new DeliveryOutcome(delivery.id(), state, Duration.ZERO, attempt)))
        .getFirst();
  }

  private DeliveryView only(NewDelivery delivery) {
    List<DeliveryView> deliveries =
        queries.ofTask(delivery.notification().tenant(), task(delivery));
    assertThat(deliveries).hasSize(1);
    return deliveries.getFirst();
  }
}
