package io.legwork.notifier.delivery;

import static io.legwork.notifier.delivery.Deliveries.eventually;
import static io.legwork.notifier.delivery.Deliveries.settled;
import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.GetResponse;
import io.legwork.events.TaskEvent;
import io.legwork.ledger.DeliveryState;
import io.legwork.local.BrokerAccess;
import io.legwork.messaging.Topology;
import io.legwork.notifier.TestNotifier;
import io.legwork.notifier.delivery.Receiver.Reply;
import io.legwork.subscription.BodyFormat;
import io.legwork.subscription.Channel;
import io.legwork.subscription.Limits;
import io.legwork.subscription.Signing;
import io.legwork.subscription.Subscription;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Programs next to the broker that are told by messages. */
class ExchangeSubscriptionIT {

  private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

  private static TestNotifier notifier;
  private static Subscribers subscribers;

  private final Receiver receiver = new Receiver();

  @BeforeAll
  static void start() {
    notifier =
        new TestNotifier(
            "legwork.webhooks.schedule=200ms,200ms", "legwork.webhooks.poll-interval=100ms");
    subscribers = new Subscribers(notifier);
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
  void tellsOperatorsOfASubscriptionThatIsDisabled() throws Exception {
    try (var connection = broker().newConnection();
        var channel = connection.createChannel()) {
      channel.queueDeclare("operators", false, false, true, Map.of());
      channel.queueBind("operators", Topology.EXCHANGE_EVENTS, "subscription.#");
      Subscription subscription = subscribers.webhook(receiver, "forsaken");
      receiver.replying(Reply.of(410));
      subscribers.succeed("forsaken");

      AtomicReference<GetResponse> told = new AtomicReference<>();
      eventually()
          .until(() -> {
            GetResponse message = channel.basicGet("operators", true);
            boolean wanted =
                message != null
                    && new String(message.getBody(), StandardCharsets.UTF_8)
                        .contains(subscription.id().toString());
            told.set(message);
            return wanted;
          });

      AsyncApi.expectConforming(
          "subscriptionHeaders", "subscription", Objects.requireNonNull(told.get()));
      assertThat(told.get().getEnvelope().getRoutingKey()).isEqualTo("subscription.disabled");
      assertThat(new String(told.get().getBody(), StandardCharsets.UTF_8))
          .contains("410")
          .doesNotContain("?");
    }
  }

  @Test
  void publishesToAnExchange() throws Exception {
    subscribers.create(
        Subscribers.settings(
            Channel.AMQP,
            "team.events",
            "amqp",
            BodyFormat.CLOUDEVENTS_BINARY,
            Signing.HMAC_SHA256,
            Limits.DEFAULT),
        null);
    try (var connection = broker().newConnection();
        var channel = connection.createChannel()) {
      TaskEvent before = subscribers.succeed("amqp");
      eventually()
          .untilAsserted(() ->
              assertThat(notifier.deliveries(before.task()))
                  .flatExtracting(delivery -> delivery.attempts())
                  .first()
                  .extracting(attempt -> attempt.error())
                  .isEqualTo("there is no exchange of this name"));
      channel.exchangeDeclare("team.events", "topic");
      channel.queueDeclare("team.queue", false, false, true, Map.of());
      channel.queueBind("team.queue", "team.events", "task.*");

      TaskEvent event = subscribers.succeed("amqp", TRACE);

      assertThat(settled(notifier, event.task()).state()).isEqualTo(DeliveryState.DELIVERED);
      var message = channel.basicGet("team.queue", true);
      while (message != null && !event.id().toString().equals(message.getProps().getMessageId())) {
        message = channel.basicGet("team.queue", true);
      }
      assertThat(message).isNotNull();
      assertThat(message.getProps().getHeaders())
          .hasEntrySatisfying(
              "cloudEvents_id", it -> assertThat(it).hasToString(event.id().toString()))
          .hasEntrySatisfying("cloudEvents_specversion", it -> assertThat(it).hasToString("1.0"))
          .hasEntrySatisfying("cloudEvents_traceparent", it -> assertThat(it).hasToString(TRACE))
          .hasEntrySatisfying("traceparent", it -> assertThat(it).hasToString(TRACE));
      assertThat(new String(message.getBody(), StandardCharsets.UTF_8))
          .contains(event.task().toString());
    }
  }

  private static ConnectionFactory broker() {
    BrokerAccess broker = notifier.broker();
    ConnectionFactory factory = new ConnectionFactory();
    factory.setHost(broker.host());
    factory.setPort(broker.port());
    factory.setUsername(broker.username());
    factory.setPassword(broker.password());
    factory.setVirtualHost(broker.virtualHost());
    return factory;
  }
}
