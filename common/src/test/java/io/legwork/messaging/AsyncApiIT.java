package io.legwork.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.GetResponse;
import io.legwork.events.EventKind;
import io.legwork.events.TaskEvent;
import io.legwork.local.TestInfra;
import io.legwork.task.TaskId;
import java.io.File;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Holds the messages that are really sent against what docs/asyncapi.json says of them. */
@Timeout(60)
class AsyncApiIT {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final JsonNode API = JSON.readTree(new File("../docs/asyncapi.json"));

  /** A queue such as anybody may bind. */
  private static final String LISTENER = "listener";

  private final TestBroker broker = new TestBroker(TestInfra.sharedBroker(), TestInfra.broker());
  private final ConfirmedPublisher publisher =
      ConfirmedPublisher.start(broker.connections(), TestBroker.TOPOLOGY);

  @AfterEach
  void close() throws Exception {
    publisher.close(Duration.ZERO);
    broker.close();
  }

  @ParameterizedTest
  @EnumSource
  void describesTheMessagesThatAreSent(EventKind kind) throws Exception {
    try (var channel = broker.channel()) {
      TestBroker.TOPOLOGY.declare(channel);
      channel.queueDeclare(LISTENER, false, false, false, null);
      channel.queueBind(LISTENER, Topology.EXCHANGE_EVENTS, "task.#");
    }
    TaskEvent event = event(kind, kind == EventKind.FAILED ? "no \"such\" file" : null);
    assertThat(publisher.publish(event.toMessage())).succeedsWithin(Duration.ofSeconds(20));

    GetResponse message = broker.drain(LISTENER).getFirst();

    Map<String, String> headers =
        message.getProps().getHeaders().entrySet().stream()
            // The broker's own.
            .filter(header -> !header.getKey().startsWith("x-"))
            .collect(Collectors.toMap(Map.Entry::getKey, header -> header.getValue().toString()));
    expectConforming("headers", JSON.valueToTree(headers));
    expectConforming("event", JSON.readTree(message.getBody()));
    assertThat(message.getProps().getContentType())
        .isEqualTo(API.at("/components/messages/taskEvent/contentType").asString());
    assertThat(message.getProps().getType())
        .isEqualTo(API.at("/components/messages/taskEvent/name").asString());
    assertThat(message.getProps().getMessageId()).isEqualTo(event.id().toString());
    assertThat(message.getProps().getDeliveryMode())
        .isEqualTo(API.at("/operations/announce/bindings/amqp/deliveryMode").asInt());
    assertThat(message.getEnvelope().getExchange())
        .isEqualTo(API.at("/channels/events/bindings/amqp/exchange/name").asString());
    assertThat(message.getEnvelope().getRoutingKey())
        .isEqualTo(
            API.at("/channels/events/address")
                .asString()
                .replace("{state}", kind.wireName().substring("task.".length()))
                .replace("{type}", event.taskType()));
  }

  @Test
  void knowsEveryKindOfEvent() {
    assertThat(API.at("/components/schemas/event/properties/type/enum").valueStream())
        .extracting(JsonNode::asString)
        .containsExactlyElementsOf(
            Arrays.stream(EventKind.values()).map(EventKind::wireName).toList());
  }

  private static void expectConforming(String schema, JsonNode value) {
    JsonNode described = API.at("/components/schemas/" + schema);
    described
        .path("required")
        .forEach(name -> assertThat(value.has(name.asString())).as(name.asString()).isTrue());
    value.forEachEntry((name, member) -> {
      JsonNode property = described.path("properties").path(name);
      assertThat(property.isMissingNode()).as("%s is not described", name).isFalse();
      check(name, property, member);
    });
  }

  private static void check(String name, JsonNode property, JsonNode member) {
    String type = member.isIntegralNumber() ? "integer" : member.isBoolean() ? "boolean" : "string";
    assertThat(property.path("type").asString()).as(name).isEqualTo(type);
    if (property.has("enum")) {
      assertThat(property.path("enum")).as(name).contains(member);
    }
    if (property.has("pattern")) {
      assertThat(member.asString()).as(name).matches(property.path("pattern").asString());
    }
    switch (property.path("format").asString("")) {
      case "uuid" -> assertThat(UUID.fromString(member.asString())).isNotNull();
      case "date-time" -> assertThat(Instant.parse(member.asString())).isNotNull();
      default -> assertThat(property.has("format")).as("format of %s", name).isFalse();
    }
  }

  private static TaskEvent event(EventKind kind, @Nullable String reason) {
    return new TaskEvent(
        7,
        UUID.randomUUID(),
        kind,
        "default",
        new TaskId(UUID.randomUUID()),
        "report.render",
        "default",
        1,
        kind == EventKind.EXPIRED ? 0 : 1,
        Instant.now(),
        false,
        reason,
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
  }
}
