package io.legwork.notifier.delivery;

import static io.legwork.notifier.delivery.Deliveries.eventually;
import static io.legwork.notifier.delivery.Deliveries.settled;
import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.ConnectionFactory;
import io.legwork.events.TaskEvent;
import io.legwork.ledger.AttemptOutcome;
import io.legwork.ledger.DeliveryIntake;
import io.legwork.ledger.DeliveryState;
import io.legwork.ledger.DeliveryTarget;
import io.legwork.ledger.DeliveryView;
import io.legwork.ledger.NewDelivery;
import io.legwork.local.BrokerAccess;
import io.legwork.messaging.MessageBody;
import io.legwork.messaging.OutgoingMessage;
import io.legwork.messaging.Topology;
import io.legwork.notification.Content;
import io.legwork.notification.Notification;
import io.legwork.notifier.TestNotifier;
import io.legwork.secrets.ContentCipher;
import io.legwork.secrets.SecretCipher;
import io.legwork.subscription.BodyFormat;
import io.legwork.task.Callback;
import io.legwork.task.Json;
import io.legwork.task.TaskId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeliveryIT {

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
  void deliversAnEventThatIsConsumedTwiceOnce() throws Exception {
    TaskEvent event = notifier.succeed(receiver.callback(SECRET), null);
    notifier.announce(event);
    notifier.announce(event);
    TaskEvent later = notifier.succeed(receiver.callback(SECRET), null);

    settled(notifier, later.task());

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
    notifier.announce(failed);
    notifier.succeed(null, null);
    TaskEvent last = notifier.succeed(receiver.callback(SECRET), null);

    settled(notifier, last.task());

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

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void takesOverWhatAnotherNotifierLeftUndone(boolean confidential) throws Exception {
    TaskEvent event =
        notifier.record(
            new AttemptOutcome.Succeeded(notifier.accept(receiver.callback(SECRET)), 1, null));
    NewDelivery abandoned = abandoned(event, confidential);
    Instant start = Instant.now();

    var _ =
        new DeliveryIntake(
                notifier.dataSource(),
                UUID.randomUUID(),
                new ContentCipher(TestNotifier.CIPHER, List.of()))
            .create(List.of(abandoned), Duration.ofMillis(700));

    Receiver.Request request = receiver.next();
    assertThat(request.header("webhook-id")).isEqualTo(event.id().toString());
    assertThat(request.body()).isEqualTo(abandoned.content().body().text());
    assertThat(Duration.between(start, Instant.now())).isGreaterThan(Duration.ofMillis(650));
    assertThat(settled(notifier, event.task()).state()).isEqualTo(DeliveryState.DELIVERED);
  }

  @Test
  void doesNotSendWhatItCannotOpen() {
    TaskEvent event =
        notifier.record(
            new AttemptOutcome.Succeeded(notifier.accept(receiver.callback(SECRET)), 1, null));
    var strange = new ContentCipher(SecretCipher.of(List.of("B".repeat(42) + "A=")), List.of());

    var _ =
        new DeliveryIntake(notifier.dataSource(), UUID.randomUUID(), strange)
            .create(List.of(abandoned(event, true)), Duration.ZERO);

    DeliveryView settled = settled(notifier, event.task());
    assertThat(settled.state()).isEqualTo(DeliveryState.EXHAUSTED);
    assertThat(settled.attempts().getLast().error()).contains("key that is not configured");
  }

  private NewDelivery abandoned(TaskEvent event, boolean confidential) {
    String url = receiver.callback(SECRET).url().toString();
    Notification notification = Notification.of(event, Json.of("{\"n\":1}"), confidential);
    return new NewDelivery(
        notification,
        NewDelivery.CALLBACK,
        new DeliveryTarget(url, null),
        Endpoint.of(url),
        Content.of(notification, BodyFormat.STANDARD),
        true,
        Duration.ZERO);
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
            Topology.EXCHANGE_TASKS,
            Topology.QUEUE_NOTIFY,
            "m-1",
            "odd",
            Map.of(),
            MessageBody.raw("not an event".getBytes(StandardCharsets.UTF_8))));
    TaskEvent event = notifier.succeed(receiver.callback(SECRET), null);

    settled(notifier, event.task());

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
}
