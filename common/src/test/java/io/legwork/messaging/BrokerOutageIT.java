package io.legwork.messaging;

import static io.legwork.messaging.TestBroker.IMPATIENT;
import static io.legwork.messaging.TestBroker.QUEUE;
import static io.legwork.messaging.TestBroker.TOPOLOGY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.legwork.local.Broker;
import io.legwork.local.TcpProxy;
import io.legwork.local.TestInfra;
import io.legwork.messaging.PublisherCondition.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the publisher does while the whole broker is away or asks to wait. */
@Timeout(180)
class BrokerOutageIT {

  private static final Duration OUTAGE = Duration.ofSeconds(5);

  private static final int MOST = 20_000;

  private static Broker node;
  private TestBroker broker;
  private ConfirmedPublisher publisher;

  @BeforeAll
  static void startNode() {
    node = TestInfra.dedicatedBroker();
  }

  @AfterAll
  static void closeNode() {
    node.close();
  }

  @BeforeEach
  void start() {
    broker = new TestBroker(node, node.newVirtualHost());
    publisher = ConfirmedPublisher.start(broker.connections(), TOPOLOGY, IMPATIENT);
  }

  @AfterEach
  void stop() throws Exception {
    publisher.close(Duration.ZERO);
    broker.close();
  }

  @Test
  void losesNothingWhenTheBrokerIsAwayForAWhile() throws Exception {
    var load = new Load();
    load.publishUntil(() -> publisher.status().confirmed() > 500);

    var away = CompletableFuture.runAsync(node::stopApp);
    load.publishUntil(away::isDone);
    load.publishFor(OUTAGE);
    assertThat(publisher.status().connected()).isFalse();
    node.startApp();
    load.publishUntil(() -> publisher.status().connected());

    load.awaitAll();
    assertThat(broker.missing(QUEUE, load.ids)).isEmpty();
  }

  @Test
  void losesNothingWhenTheBrokerClosesItsConnection() throws Exception {
    var load = new Load();
    load.publishUntil(() -> publisher.status().confirmed() > 500);

    var closing =
        CompletableFuture.runAsync(() -> broker.control("close_all_connections", "a test"));
    load.publishUntil(closing::isDone);

    load.awaitAll();
    assertThat(publisher.status().connected()).isTrue();
    assertThat(broker.missing(QUEUE, load.ids)).isEmpty();
  }

  @Test
  void losesNothingWhenTheBrokerCrashes() throws Exception {
    var load = new Load();
    load.publishUntil(() -> publisher.status().confirmed() > 500);

    node.kill();
    load.publishFor(Duration.ofSeconds(1));
    node.start();

    load.awaitAll();
    assertThat(broker.missing(QUEUE, load.ids)).isEmpty();
  }

  @Test
  void waitsWithoutRepeatingItselfWhileTheBrokerAsksItTo() throws Exception {
    new Load().publishFor(Duration.ofMillis(50));
    node.rabbitmqctl("set_vm_memory_high_watermark", "0");
    var load = new Load();
    try {
      load.publishUntil(() -> publisher.status().blocked());
      load.publishFor(IMPATIENT.confirmTimeout().plusSeconds(1));
      assertThat(publisher.status().timedOut()).isZero();
      assertThat(publisher.status().connected()).isTrue();
      assertThat(publisher.condition().state()).isEqualTo(State.BLOCKED);
    } finally {
      node.rabbitmqctl("set_vm_memory_high_watermark", "0.6");
    }

    load.awaitAll();
    assertThat(publisher.status().republished()).isZero();
    assertThat(publisher.status().blocked()).isFalse();
    assertThat(publisher.condition().isPublishing()).isTrue();
  }

  @Test
  void noticesWithinTwoHeartbeatsThatAConnectionIsHalfOpen() throws Exception {
    var access = node.newVirtualHost();
    var heartbeat = Duration.ofSeconds(2);
    try (var proxy = TcpProxy.to(access);
        var idle =
            ConfirmedPublisher.start(
                TestBroker.connections(proxy.of(access), heartbeat), TOPOLOGY, IMPATIENT)) {
      await().until(() -> idle.condition().isPublishing());

      proxy.freeze();
      await()
          .atMost(heartbeat.multipliedBy(2).plusSeconds(1))
          .until(() -> idle.condition().state() == State.DISCONNECTED);
      var outcome = idle.publish(TestBroker.message());
      proxy.thaw();

      assertThat(outcome).succeedsWithin(Duration.ofSeconds(30));
      assertThat(idle.condition().isPublishing()).isTrue();
    }
  }

  @Test
  void declaresEverythingAgainOnABrokerWhoseDataIsGone() throws Exception {
    var load = new Load();
    load.publishUntil(() -> publisher.status().confirmed() > 500);

    node.stopApp();
    node.rabbitmqctl("reset");
    node.startApp();
    node.addVirtualHosts(List.of(broker.virtualHost()));

    load.publishUntil(() -> publisher.condition().isPublishing());
    load.awaitAll();
    var message = TestBroker.message();
    assertThat(publisher.publish(message)).succeedsWithin(Duration.ofSeconds(20));
    assertThat(broker.missing(QUEUE, List.of(message.messageId()))).isEmpty();
  }

  /** Publishes at a steady rate, and remembers what. */
  private final class Load {

    private final List<String> ids = new ArrayList<>();
    private final List<CompletableFuture<Void>> outcomes = new ArrayList<>();

    void publishUntil(Callable<Boolean> condition) {
      await()
          .atMost(Duration.ofSeconds(60))
          .pollInterval(Duration.ofMillis(10))
          .until(() -> {
            publishSome();
            return condition.call();
          });
    }

    void publishFor(Duration time) {
      long end = System.nanoTime() + time.toNanos();
      publishUntil(() -> System.nanoTime() - end > 0);
    }

    private void publishSome() {
      for (int i = 0; i < 50 && ids.size() < MOST; i++) {
        var message = TestBroker.message();
        ids.add(message.messageId());
        outcomes.add(publisher.publish(message));
      }
    }

    void awaitAll() throws Exception {
      CompletableFuture.allOf(outcomes.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);
    }
  }
}
