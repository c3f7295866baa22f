package io.legwork.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.legwork.local.TestInfra;
import io.legwork.task.Priority;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TopologyIT {

  private final TestBroker broker = new TestBroker(TestInfra.sharedBroker(), TestInfra.broker());
  private final Topology topology = new Topology(List.of("default", "reports"));

  @AfterEach
  void close() throws Exception {
    broker.close();
  }

  @Test
  void declaresAQuorumQueuePerQueueAndPriority() throws Exception {
    try (var channel = broker.channel()) {
      topology.declare(channel);
    }

    assertThat(broker.control("list_queues", "name", "type", "durable", "arguments").lines())
        .filteredOn(line -> line.startsWith("legwork."))
        .hasSize(8)
        .allMatch(line -> line.contains("quorum\ttrue"))
        .anyMatch(line -> line.startsWith("legwork.tasks.reports.low\t"))
        .anyMatch(line -> line.startsWith("legwork.notify\t"))
        .anyMatch(line -> line.startsWith("legwork.parked\t"));
  }

  @Test
  void canBeDeclaredAgain() throws Exception {
    try (var channel = broker.channel()) {
      topology.declare(channel);
      topology.declare(channel);

      assertThat(channel.isOpen()).isTrue();
    }
  }

  @Test
  void endsTheBindingOfEarlierVersionsThatSentTheNotifierAMessageForEachEvent() throws Exception {
    try (var channel = broker.channel()) {
      topology.declare(channel);
      channel.queueBind(Topology.QUEUE_NOTIFY, Topology.EXCHANGE_EVENTS, "task.#");

      topology.declare(channel);
    }

    assertThat(broker.control("list_bindings", "source_name", "destination_name").lines())
        .contains("legwork.tasks\tlegwork.notify")
        .doesNotContain("legwork.events\tlegwork.notify");
  }

  @Test
  void takesAnEventThatNobodyWantsAndKeepsNoTaskThatHasNoQueue() throws Exception {
    try (var publisher = ConfirmedPublisher.start(broker.connections(), topology)) {
      var event = outgoing(Topology.EXCHANGE_EVENTS, "task.succeeded.unheard");
      assertThat(publisher.publish(event)).succeedsWithin(Duration.ofSeconds(20));

      var task = publisher.publish(outgoing(Topology.EXCHANGE_TASKS, "legwork.tasks.nowhere.low"));
      await().until(() -> publisher.status().returned() > 0);
      assertThat(task).isNotDone();
    }
  }

  private static OutgoingMessage outgoing(String exchange, String key) {
    return new OutgoingMessage(
        exchange, key, "m-1", "test", Map.of(), MessageBody.raw(new byte[1]));
  }

  @Test
  void refusesAQueueOfAnotherKindAndSaysWhatToDo() throws Exception {
    String name = Topology.taskQueue("default", Priority.LOW);
    try (var channel = broker.channel()) {
      channel.queueDeclare(name, true, false, false, null);
    }

    var declaring = broker.channel();

    assertThatThrownBy(() -> topology.declare(declaring))
        .isInstanceOfSatisfying(
            TopologyMismatchException.class,
            mismatch -> assertThat(mismatch.name()).isEqualTo(name))
        .hasMessageContaining(name)
        .hasMessageContaining("x-queue-type")
        .hasMessageContaining("delete it");
  }

  @Test
  void refusesAnExchangeOfAnotherKind() throws Exception {
    var channel = broker.channel();
    channel.exchangeDeclare(Topology.EXCHANGE_EVENTS, "fanout", true);

    assertThatThrownBy(() -> topology.declare(channel))
        .isInstanceOf(TopologyMismatchException.class)
        .hasMessageContaining(Topology.EXCHANGE_EVENTS)
        .hasMessageContaining("fanout");
  }

  @Test
  void aPublisherTellsOfAMismatchAndUsesWhatThereIs() throws Exception {
    try (var channel = broker.channel()) {
      channel.queueDeclare(Topology.QUEUE_NOTIFY, true, false, false, null);
    }

    try (var publisher = ConfirmedPublisher.start(broker.connections(), topology)) {
      assertThat(publisher.publish(TestBroker.message())).succeedsWithin(Duration.ofSeconds(20));
      await().until(() -> publisher.status().connected());

      assertThat(publisher.status().problem()).contains(Topology.QUEUE_NOTIFY);
      assertThat(publisher.condition().fault()).isInstanceOf(TopologyMismatchException.class);

      try (var channel = broker.channel()) {
        channel.queueDelete(Topology.QUEUE_NOTIFY);
      }

      await().until(() -> publisher.condition().isPublishing());
    }
  }
}
