package io.legwork.notifier.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import io.legwork.events.TaskEvent;
import io.legwork.ledger.AttemptOutcome;
import io.legwork.local.TestInfra;
import io.legwork.messaging.BrokerConnections;
import io.legwork.messaging.MessageBody;
import io.legwork.messaging.OutgoingMessage;
import io.legwork.messaging.Topology;
import io.legwork.notifier.TestNotifier;
import io.legwork.task.Callback;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Status;

class EventConsumerIT {

  /** Nobody is there: it is enough that deliveries are created. */
  private static final Callback CALLBACK = new Callback(URI.create("http://127.0.0.1:1/"), null);

  private final TestNotifier notifier = TestNotifier.shared();

  @Test
  void goesOnAfterItsQueueWasDeleted() throws Exception {
    consumes(notifier.succeed(CALLBACK, null));

    try (Connection connection = connect();
        Channel channel = connection.createChannel()) {
      channel.queueDelete(Topology.QUEUE_NOTIFY);
    }

    consumes(notifier.succeed(CALLBACK, null));
  }

  @Test
  void goesOnAfterItsQueueWasReplacedAtOnce() throws Exception {
    for (int i = 0; i < 5; i++) {
      consumes(notifier.succeed(CALLBACK, null));
      try (Connection connection = connect();
          Channel channel = connection.createChannel()) {
        channel.queueDelete(Topology.QUEUE_NOTIFY);
        new Topology(List.of()).declare(channel);
      }
    }

    consumes(notifier.succeed(CALLBACK, null));
  }

  @Test
  void goesOnAfterItsConnectionWasLost() throws Exception {
    consumes(notifier.succeed(CALLBACK, null));

    TestInfra.sharedBroker()
        .rabbitmqctl(
            "close_all_connections", "--vhost", notifier.broker().virtualHost(), "because");

    consumes(notifier.succeed(CALLBACK, null));
  }

  @Test
  void acknowledgesWhatItHasHandled() throws Exception {
    for (int i = 0; i < 20; i++) {
      notifier.succeed(null, null);
    }
    consumes(notifier.succeed(CALLBACK, null));

    try (Connection connection = connect();
        Channel channel = connection.createChannel()) {
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> channel.messageCount(Topology.QUEUE_NOTIFY) == 0);
    }
  }

  @Test
  void readsTheMessagesOfEarlierVersionsOneForEachEvent() {
    TaskEvent event =
        notifier.record(new AttemptOutcome.Succeeded(notifier.accept(CALLBACK), 1, null));

    notifier.publish(
        new OutgoingMessage(
            Topology.EXCHANGE_TASKS,
            Topology.QUEUE_NOTIFY,
            event.id().toString(),
            TaskEvent.FORMAT,
            Map.of(),
            MessageBody.json(event.encode())));

    consumes(event);
  }

  @Test
  void waitsForTheLedgerAndAcknowledgesNothingBefore() {
    TaskEvent event =
        notifier.record(new AttemptOutcome.Succeeded(notifier.accept(CALLBACK), 1, null));
    notifier.execute("alter table delivery rename to delivery_away");
    notifier.announce(event);
    notifier.execute("select pg_sleep(0.5)");
    notifier.execute("alter table delivery_away rename to delivery");

    consumes(event);
  }

  @Test
  void isReadyWhileItConsumes() throws Exception {
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() ->
            notifier.part(EventsHealthIndicator.class).health().getStatus().equals(Status.UP));
    var answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(
                        notifier.uri("local.management.port", "/actuator/health/readiness"))
                    .build(),
                BodyHandlers.ofString());

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("\"events\":{\"status\":\"UP\"}", "\"ledger\"");
  }

  private Connection connect() throws Exception {
    return notifier.part(BrokerConnections.class).open("test");
  }

  private void consumes(TaskEvent event) {
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() ->
            assertThat(notifier.deliveries(event.task()))
                .extracting(delivery -> delivery.event())
                .isEqualTo(List.of(event.id())));
  }
}
