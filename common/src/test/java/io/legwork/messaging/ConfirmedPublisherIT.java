package io.legwork.messaging;

import static io.legwork.messaging.TestBroker.IMPATIENT;
import static io.legwork.messaging.TestBroker.QUEUE;
import static io.legwork.messaging.TestBroker.TOPOLOGY;
import static io.legwork.messaging.TestBroker.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.legwork.local.BrokerAccess;
import io.legwork.local.TestInfra;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

@Timeout(90)
class ConfirmedPublisherIT {

  private TestBroker broker;
  private ConfirmedPublisher publisher;

  @BeforeEach
  void start() {
    broker = new TestBroker(TestInfra.sharedBroker(), TestInfra.broker());
    publisher = ConfirmedPublisher.start(broker.connections(), TOPOLOGY, IMPATIENT);
  }

  @AfterEach
  void stop() throws Exception {
    publisher.close(Duration.ZERO);
    broker.close();
  }

  @Test
  void publishesPersistentlyWithIdTypeAndHeaders() throws Exception {
    var message =
        new OutgoingMessage(
            Topology.EXCHANGE_TASKS,
            QUEUE,
            "an-id",
            TaskMessage.FORMAT,
            Map.of("traceparent", "00-trace"),
            MessageBody.json(new byte[] {'{', '}'}));

    publish(message);

    var got = broker.drain(QUEUE).getFirst();
    assertThat(got.getProps().getDeliveryMode()).isEqualTo(2);
    assertThat(got.getProps().getMessageId()).isEqualTo("an-id");
    assertThat(got.getProps().getType()).isEqualTo(TaskMessage.FORMAT);
    assertThat(got.getProps().getContentType()).isEqualTo("application/json");
    assertThat(got.getProps().getHeaders().get("traceparent")).hasToString("00-trace");
    assertThat(got.getBody()).isEqualTo(new byte[] {'{', '}'});
  }

  @Test
  void keepsTheOrderOfMessages() throws Exception {
    var messages = messages(3_000);

    publishAll(messages);

    assertThat(broker.drainIds(QUEUE))
        .containsExactlyElementsOf(messages.stream().map(OutgoingMessage::messageId).toList());
  }

  @Test
  void declaresAgainAndRepublishesWhatWasReturned() throws Exception {
    publish(message());
    broker.drain(QUEUE);
    try (var channel = broker.channel()) {
      channel.queueUnbind(QUEUE, Topology.EXCHANGE_TASKS, QUEUE);
    }
    var messages = messages(50);

    publishAll(messages);

    assertThat(broker.drainIds(QUEUE)).containsExactlyInAnyOrderElementsOf(ids(messages));
    assertThat(publisher.status().returned()).isPositive();
    assertThat(publisher.status().nacked()).isZero();
  }

  @Test
  void declaresADeletedQueueAgain() throws Exception {
    publish(message());
    try (var channel = broker.channel()) {
      channel.queueDelete(QUEUE);
    }
    var messages = messages(50);

    publishAll(messages);

    assertThat(broker.drainIds(QUEUE)).containsAll(ids(messages));
  }

  @Test
  void leavesConsumersTheTimeToLearnThatTheirQueueIsDeleted() throws Exception {
    publish(message());
    try (var channel = broker.channel()) {
      channel.queueDelete(QUEUE);
    }
    long deleted = System.nanoTime();

    publish(message());

    assertThat(System.nanoTime() - deleted).isGreaterThanOrEqualTo(Declarations.SETTLING);
  }

  @Test
  void declaresADeletedExchangeAgain() throws Exception {
    publish(message());
    try (var channel = broker.channel()) {
      channel.exchangeDelete(Topology.EXCHANGE_TASKS);
    }
    var messages = messages(50);

    publishAll(messages);

    assertThat(broker.drainIds(QUEUE)).containsAll(ids(messages));
  }

  @Test
  void retriesWhatTheBrokerRefuses() throws Exception {
    publish(message());
    limitQueuesTo(1);
    List<OutgoingMessage> messages = new ArrayList<>();
    List<CompletableFuture<Void>> outcomes = publishUntilRefused(messages);

    limitQueuesTo(100_000);

    awaitAll(outcomes);
    assertThat(broker.drainIds(QUEUE)).containsAll(ids(messages));
    assertThat(publisher.status().republished()).isPositive();
  }

  @Test
  void takesANewChannelWhenTheOldOneRefusesForEver() throws Exception {
    publish(message());
    limitQueuesTo(1);
    List<OutgoingMessage> messages = new ArrayList<>();
    List<CompletableFuture<Void>> outcomes = publishUntilRefused(messages);

    broker.control("clear_policy", "full");

    awaitAll(outcomes);
    assertThat(broker.drainIds(QUEUE)).containsAll(ids(messages));
  }

  private void limitQueuesTo(int length) {
    broker.control(
        "set_policy",
        "full",
        "^legwork",
        "{\"max-length\":%d,\"overflow\":\"reject-publish\"}".formatted(length));
  }

  private List<CompletableFuture<Void>> publishUntilRefused(List<OutgoingMessage> messages) {
    List<CompletableFuture<Void>> outcomes = new ArrayList<>();
    await()
        .until(() -> {
          messages.add(message());
          outcomes.add(publisher.publish(messages.getLast()));
          return publisher.status().nacked() > 0;
        });
    return outcomes;
  }

  @Test
  void republishesWhatTheBrokerDoesNotAnswerFor() throws Exception {
    publish(message());
    broker.eval("sys:suspend(" + broker.processOf(QUEUE) + ").");
    var messages = messages(20);
    List<CompletableFuture<Void>> outcomes = messages.stream().map(publisher::publish).toList();
    await().until(() -> publisher.status().timedOut() >= messages.size());
    assertThat(outcomes).noneMatch(CompletableFuture::isDone);

    broker.eval("sys:resume(" + broker.processOf(QUEUE) + ").");

    awaitAll(outcomes);
    assertThat(broker.drainIds(QUEUE)).containsAll(ids(messages));
  }

  @Test
  void drainsWhatItHasWhenClosed() throws Exception {
    List<OutgoingMessage> messages = messages(5_000);
    List<CompletableFuture<Void>> outcomes = messages.stream().map(publisher::publish).toList();

    publisher.close(Duration.ofSeconds(30));

    assertThat(outcomes).allMatch(CompletableFuture::isDone);
    assertThat(outcomes).noneMatch(CompletableFuture::isCompletedExceptionally);
    assertThat(publisher.publish(message()))
        .isCompletedExceptionally()
        .failsWithin(Duration.ZERO)
        .withThrowableThat()
        .withCauseInstanceOf(PublisherClosedException.class);
  }

  @Test
  void takesNoMoreThanItsCapacityAndFailsTheRestWhenClosed() {
    var nowhere = new BrokerAccess("127.0.0.1", 1, "nobody", "nothing", "/");
    var settings =
        new PublisherSettings(
            10, 10, Duration.ofSeconds(1), Duration.ofMillis(10), Duration.ofMillis(20));
    var lonely = ConfirmedPublisher.start(TestBroker.connections(nowhere), TOPOLOGY, settings);

    var taken = messages(10).stream().map(lonely::publish).toList();
    boolean hasRoom = lonely.hasRoom();
    var refused = lonely.publish(message());
    await().until(() -> lonely.status().problem() != null);
    var status = lonely.status();
    lonely.close(Duration.ofMillis(50));

    assertThat(hasRoom).isFalse();
    assertThat(refused)
        .failsWithin(Duration.ZERO)
        .withThrowableThat()
        .withCauseInstanceOf(PublisherFullException.class);
    assertThat(status.connected()).isFalse();
    assertThat(status.buffered()).isEqualTo(10);
    assertThat(taken)
        .allSatisfy(outcome ->
            assertThat(outcome)
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withCauseInstanceOf(PublisherClosedException.class));
  }

  @Test
  void publishesManyPerSecondOnOneChannel() throws Exception {
    publishAll(messages(5_000));
    var messages = messages(40_000);
    long start = System.nanoTime();

    publishAll(messages);

    double seconds = (System.nanoTime() - start) / 1e9;
    LoggerFactory.getLogger(ConfirmedPublisherIT.class)
        .info("{} messages confirmed per second", Math.round(messages.size() / seconds));
    assertThat(publisher.status().confirmed()).isEqualTo(45_000);
    assertThat(publisher.status().republished()).isZero();
  }

  private void publish(OutgoingMessage message) throws Exception {
    publisher.publish(message).get(30, TimeUnit.SECONDS);
  }

  private void publishAll(List<OutgoingMessage> messages) throws Exception {
    awaitAll(messages.stream().map(publisher::publish).toList());
  }

  private static void awaitAll(List<CompletableFuture<Void>> outcomes) throws Exception {
    CompletableFuture.allOf(outcomes.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);
  }

  private static List<OutgoingMessage> messages(int count) {
    return Stream.generate(TestBroker::message).limit(count).toList();
  }

  private static List<String> ids(List<OutgoingMessage> messages) {
    return messages.stream().map(OutgoingMessage::messageId).toList();
  }
}
