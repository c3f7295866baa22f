package io.legwork.notifier.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.ConnectionFactory;
import com.standardwebhooks.Webhook;
import io.legwork.events.TaskEvent;
import io.legwork.ledger.AttemptOutcome;
import io.legwork.ledger.DeliveryAttempt;
import io.legwork.ledger.DeliveryIntake;
import io.legwork.ledger.DeliveryState;
import io.legwork.ledger.DeliveryTarget;
import io.legwork.ledger.DeliveryView;
import io.legwork.ledger.NewDelivery;
import io.legwork.local.BrokerAccess;
import io.legwork.messaging.MessageBody;
import io.legwork.messaging.OutgoingMessage;
import io.legwork.messaging.Topology;
import io.legwork.notifier.TestNotifier;
import io.legwork.notifier.delivery.Receiver.Reply;
import io.legwork.notifier.delivery.Receiver.Request;
import io.legwork.task.Callback;
import io.legwork.task.Json;
import io.legwork.task.TaskId;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class WebhookIT {

  private static final String SECRET = "whsec_dGhlIHNlY3JldCBvZiB0aGUgcmVjZWl2ZXIsIDMyIGI=";

  private static TestNotifier notifier;

  private final Receiver receiver = new Receiver();

  @BeforeAll
  static void start() {
    notifier =
        new TestNotifier(
            "legwork.webhooks.schedule=300ms,300ms,300ms",
            "legwork.webhooks.timeout=1s",
            "legwork.webhooks.poll-interval=100ms",
            "legwork.webhooks.concurrency-per-endpoint=2");
  }

  @AfterAll
  static void stop() {
    notifier.close();
  }

  @AfterEach
  void close() {
    receiver.close();
  }

  @Test
  void deliversASignedWebhookOnceTheTaskIsOver() throws Exception {
    TaskEvent event = notifier.succeed(receiver.callback(SECRET), Json.of("{\"name\":\"Zoë ☕\"}"));

    Request request = receiver.next();

    new Webhook(SECRET).verify(request.body(), request.headers());
    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.header("webhook-id")).isEqualTo(event.id().toString());
    assertThat(request.header("content-type")).isEqualTo("application/json");
    assertThat(request.header("user-agent")).startsWith("Legwork");
    assertThat(request.body())
        .contains("\"type\":\"task.succeeded\"", event.task().toString(), "Zoë ☕");
    DeliveryView delivery = settled(event.task());
    assertThat(delivery.state()).isEqualTo(DeliveryState.DELIVERED);
    assertThat(delivery.event()).isEqualTo(event.id());
    assertThat(delivery.attempts())
        .singleElement()
        .satisfies(attempt -> assertThat(attempt.status()).isEqualTo(204));
  }

  @Test
  void signsWithTheServicesOwnSecretWhereTheCallbackNamesNone() throws Exception {
    notifier.succeed(receiver.callback(null), null);

    Request request = receiver.next();

    new Webhook(TestNotifier.OWN_SECRET).verify(request.body(), request.headers());
  }

  @Test
  void repeatsWhatFailedWithTheSameIdAndBody() throws Exception {
    receiver.replying(new Reply(500, Map.of(), "out of \0 order"), Reply.of(429));
    TaskEvent event = notifier.succeed(receiver.callback(SECRET), Json.of("[1,2]"));

    List<Request> requests = List.of(receiver.next(), receiver.next(), receiver.next());

    for (Request request : requests) {
      new Webhook(SECRET).verify(request.body(), request.headers());
    }
    assertThat(requests).extracting(Request::body).containsOnly(requests.getFirst().body());
    assertThat(requests)
        .extracting(request -> request.header("webhook-id"))
        .containsOnly(event.id().toString());
    DeliveryView delivery = settled(event.task());
    assertThat(delivery.state()).isEqualTo(DeliveryState.DELIVERED);
    assertThat(delivery.attempts())
        .extracting(DeliveryAttempt::status)
        .containsExactly(500, 429, 204);
    assertThat(delivery.attempts().getFirst().response()).isEqualTo("out of  order");
    assertThat(delivery.attempts().getFirst().error()).isEqualTo("500 is not a success");
  }

  @Test
  void givesUpWhenTheScheduleIsUsedUp() throws Exception {
    receiver.replying(Reply.of(500), Reply.of(500), Reply.of(500), Reply.of(500), Reply.of(500));

    DeliveryView delivery = settled(notifier.succeed(receiver.callback(SECRET), null).task());

    assertThat(delivery.state()).isEqualTo(DeliveryState.EXHAUSTED);
    assertThat(delivery.attempts()).hasSize(4);
  }

  @Test
  void stopsWhenTheReceiverIsGoneForGood() {
    receiver.replying(Reply.of(410));

    DeliveryView delivery = settled(notifier.succeed(receiver.callback(SECRET), null).task());

    assertThat(delivery.state()).isEqualTo(DeliveryState.DISABLED);
    assertThat(delivery.attempts()).hasSize(1);
  }

  @Test
  void doesNotFollowRedirects() throws Exception {
    try (Receiver elsewhere = new Receiver()) {
      String location = elsewhere.callback(null).url().toString();
      receiver.replying(new Reply(302, Map.of("Location", location), ""));

      DeliveryView delivery = settled(notifier.succeed(receiver.callback(SECRET), null).task());

      assertThat(elsewhere.waiting()).isZero();
      assertThat(delivery.attempts())
          .extracting(DeliveryAttempt::error)
          .containsExactly("302: redirects are not followed", null);
    }
  }

  @Test
  void waitsAsLongAsTheReceiverAsksFor() throws Exception {
    receiver.replying(new Reply(503, Map.of("Retry-After", "2"), ""));
    notifier.succeed(receiver.callback(SECRET), null);

    Request first = receiver.next();
    Request second = receiver.next();

    assertThat(Duration.ofNanos(second.nanos() - first.nanos()))
        .isGreaterThanOrEqualTo(Duration.ofMillis(1_900));
  }

  @Test
  void countsAReceiverThatDoesNotAnswerAsFailed() throws Exception {
    receiver.silent();
    TaskEvent event = notifier.succeed(receiver.callback(SECRET), null);

    eventually()
        .untilAsserted(() ->
            assertThat(only(event.task()).attempts())
                .first()
                .satisfies(attempt -> {
                  assertThat(attempt.status()).isNull();
                  assertThat(attempt.error()).isEqualTo("no answer within 1000 ms");
                }));
  }

  @Test
  void countsAReceiverThatIsNotThereAsFailed() {
    Callback nobody = receiver.callback(SECRET);
    receiver.close();

    DeliveryView delivery = settled(notifier.succeed(nobody, null).task());

    assertThat(delivery.state()).isEqualTo(DeliveryState.EXHAUSTED);
    assertThat(delivery.attempts().getFirst().error())
        .isEqualTo("no connection: the port is closed or the host is unreachable");
  }

  @Test
  void keepsOnlyTheBeginningOfALongAnswer() {
    receiver.replying(new Reply(200, Map.of(), "x".repeat(300_000)));

    DeliveryView delivery = settled(notifier.succeed(receiver.callback(SECRET), null).task());

    assertThat(delivery.state()).isEqualTo(DeliveryState.DELIVERED);
    assertThat(delivery.attempts().getFirst().response()).isEqualTo("x".repeat(4096));
  }

  @Test
  void deliversAnEventThatIsConsumedTwiceOnce() throws Exception {
    TaskEvent event = notifier.succeed(receiver.callback(SECRET), null);
    notifier.publish(event.toMessage());
    notifier.publish(event.toMessage());
    TaskEvent later = notifier.succeed(receiver.callback(SECRET), null);

    settled(later.task());

    assertThat(List.of(receiver.next(), receiver.next()))
        .extracting(request -> request.header("webhook-id"))
        .containsExactlyInAnyOrder(event.id().toString(), later.id().toString());
    assertThat(receiver.waiting()).isZero();
    assertThat(notifier.deliveries(event.task())).hasSize(1);
  }

  @Test
  void announcesOnlyTheEndOfATask() throws Exception {
    TaskId task = notifier.accept(receiver.callback(SECRET));
    TaskEvent failed =
        notifier.record(new AttemptOutcome.Retried(task, 1, "once", Duration.ofHours(1)));
    notifier.publish(failed.toMessage());
    notifier.succeed(null, null);
    TaskEvent last = notifier.succeed(receiver.callback(SECRET), null);

    settled(last.task());

    assertThat(receiver.next().header("webhook-id")).isEqualTo(last.id().toString());
    assertThat(receiver.waiting()).isZero();
  }

  @Test
  void letsASlowEndpointHoldUpItselfAlone() throws Exception {
    try (Receiver slow = new Receiver().silent()) {
      Callback slowCallback = slow.callback(SECRET);
      for (int i = 0; i < 30; i++) {
        notifier.succeed(slowCallback, null);
      }
      slow.next();
      TaskEvent event = notifier.succeed(receiver.callback(SECRET), null);

      assertThat(receiver.next().header("webhook-id")).isEqualTo(event.id().toString());
      assertThat(slow.waiting()).as("others that were attempted").isLessThan(29);
    }
  }

  @Test
  void deliversMoreAtOnceThanFitIn() throws Exception {
    for (int i = 0; i < 40; i++) {
      notifier.succeed(receiver.callback(SECRET), null);
    }

    for (int i = 0; i < 40; i++) {
      receiver.next();
    }
  }

  @Test
  void takesOverWhatAnotherNotifierLeftUndone() throws Exception {
    TaskEvent event =
        notifier.record(
            new AttemptOutcome.Succeeded(notifier.accept(receiver.callback(SECRET)), 1, null));
    Callback callback = receiver.callback(SECRET);
    NewDelivery abandoned =
        new NewDelivery(
            UUID.randomUUID(),
            event,
            NewDelivery.CALLBACK,
            new DeliveryTarget(callback.url().toString(), SECRET),
            Endpoint.of(callback.url().toString()),
            Json.of("{}"),
            true);
    Instant start = Instant.now();

    var _ =
        new DeliveryIntake(notifier.dataSource(), UUID.randomUUID())
            .create(List.of(abandoned), Duration.ofMillis(700));

    assertThat(receiver.next().header("webhook-id")).isEqualTo(event.id().toString());
    assertThat(Duration.between(start, Instant.now())).isGreaterThan(Duration.ofMillis(650));
    assertThat(settled(event.task()).state()).isEqualTo(DeliveryState.DELIVERED);
  }

  @Test
  void countsWhatItDelivers() throws Exception {
    settled(notifier.succeed(receiver.callback(SECRET), null).task());

    String metrics =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(
                        notifier.uri("local.management.port", "/actuator/prometheus"))
                    .build(),
                BodyHandlers.ofString())
            .body();

    assertThat(metrics)
        .contains(
            "legwork_deliveries_total{channel=\"webhook\",outcome=\"delivered\"}",
            "legwork_sse_streams 0");
  }

  @Test
  void finishesWhatItHasBegunAndGivesTheRestBackWhenItStops() throws Exception {
    try (TestNotifier stopping =
        new TestNotifier(
            "legwork.webhooks.schedule=1h",
            "legwork.webhooks.timeout=3s",
            "legwork.webhooks.concurrency-per-endpoint=1")) {
      receiver.silent();
      for (int i = 0; i < 4; i++) {
        stopping.succeed(receiver.callback(SECRET), null);
      }
      receiver.next();
      eventually()
          .until(() ->
              stopping.query("select count(*) from delivery_due where owner is not null") == 4);

      stopping.close();

      assertThat(stopping.query("select count(*) from delivery_due where owner is not null"))
          .isZero();
      assertThat(stopping.query("select count(*) from delivery_due where next_at <= now()"))
          .isEqualTo(3);
      assertThat(stopping.query("select count(*) from delivery_attempt")).isEqualTo(1);
    }
  }

  @Test
  void parksWhatItCannotReadAndGoesOn() throws Exception {
    notifier.publish(
        new OutgoingMessage(
            Topology.EXCHANGE_EVENTS,
            "task.odd.thing",
            "m-1",
            "odd",
            Map.of(),
            MessageBody.raw("not an event".getBytes(StandardCharsets.UTF_8))));
    TaskEvent event = notifier.succeed(receiver.callback(SECRET), null);

    settled(event.task());

    eventually().untilAsserted(() -> assertThat(parked()).isEqualTo("not an event"));
  }

  private static String parked() throws Exception {
    BrokerAccess broker = notifier.broker();
    ConnectionFactory factory = new ConnectionFactory();
    factory.setHost(broker.host());
    factory.setPort(broker.port());
    factory.setUsername(broker.username());
    factory.setPassword(broker.password());
    factory.setVirtualHost(broker.virtualHost());
    try (var connection = factory.newConnection();
        var channel = connection.createChannel()) {
      var message = channel.basicGet(Topology.QUEUE_PARKED, false);
      return message == null ? "" : new String(message.getBody(), StandardCharsets.UTF_8);
    }
  }

  private static DeliveryView settled(TaskId task) {
    eventually()
        .untilAsserted(() ->
            assertThat(notifier.deliveries(task))
                .singleElement()
                .satisfies(it -> assertThat(it.state()).isNotEqualTo(DeliveryState.PENDING)));
    return only(task);
  }

  private static DeliveryView only(TaskId task) {
    assertThat(notifier.deliveries(task)).hasSize(1);
    return notifier.deliveries(task).getFirst();
  }

  private static ConditionFactory eventually() {
    return await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(50));
  }
}
