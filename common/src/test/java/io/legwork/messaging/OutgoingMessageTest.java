package io.legwork.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OutgoingMessageTest {

  private static final String TOO_LONG = "é".repeat(128);

  @Test
  void takesWhatTheProtocolCanCarry() {
    assertThat(message(Topology.EXCHANGE_TASKS, "k".repeat(255), Map.of("h", "v"), 0).routingKey())
        .hasSize(255);
  }

  @Test
  void refusesAnExchangeThatNobodyDeclares() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> message("amq.topic", "key", Map.of(), 0))
        .withMessageContaining("amq.topic");
  }

  @Test
  void refusesShortStringsThatAreTooLongInBytes() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> message(Topology.EXCHANGE_TASKS, TOO_LONG, Map.of(), 0))
        .withMessageContaining("routing key");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> message(Topology.EXCHANGE_TASKS, "key", Map.of(TOO_LONG, "v"), 0))
        .withMessageContaining("header name");
  }

  @Test
  void refusesHeadersThatFitIntoNoFrame() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> message(Topology.EXCHANGE_TASKS, "key", Map.of("h", "v".repeat(4_000)), 0))
        .withMessageContaining("headers");
  }

  @Test
  void refusesABodyThatIsTooLarge() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> message(Topology.EXCHANGE_TASKS, "key", Map.of(), OutgoingMessage.MAX_BODY + 1))
        .withMessageContaining("body");
  }

  @Test
  void doesNotChangeWithTheHeadersItWasGiven() {
    Map<String, String> headers = new HashMap<>(Map.of("a", "1"));
    OutgoingMessage message = message(Topology.EXCHANGE_TASKS, "key", headers, 0);

    headers.clear();

    assertThat(message.headers()).containsEntry("a", "1");
  }

  private static OutgoingMessage message(
      String exchange, String key, Map<String, String> headers, int size) {
    return new OutgoingMessage(
        exchange, key, "id", "legwork.test.v1", headers, MessageBody.raw(new byte[size]));
  }
}
