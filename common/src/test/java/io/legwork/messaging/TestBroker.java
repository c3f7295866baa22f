package io.legwork.messaging;

import com.rabbitmq.client.Address;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.GetResponse;
import io.legwork.local.Broker;
import io.legwork.local.BrokerAccess;
import io.legwork.task.Priority;
import io.legwork.task.TaskId;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A virtual host as a test sees it: connections for the code under test, and a look inside. */
final class TestBroker implements AutoCloseable {

  static final Topology TOPOLOGY = new Topology(List.of("default"));
  static final String QUEUE = Topology.taskQueue("default", Priority.NORMAL);

  /** Impatient, so that tests need not wait. */
  static final PublisherSettings IMPATIENT =
      new PublisherSettings(
          50_000, 1_000, Duration.ofSeconds(2), Duration.ofMillis(20), Duration.ofMillis(500));

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Broker broker;
  private final BrokerAccess access;
  private @Nullable Connection connection;

  TestBroker(Broker broker, BrokerAccess access) {
    this.broker = broker;
    this.access = access;
  }

  BrokerConnections connections() {
    return connections(access);
  }

  String virtualHost() {
    return access.virtualHost();
  }

  static BrokerConnections connections(BrokerAccess access) {
    return connections(access, Duration.ofSeconds(10));
  }

  static BrokerConnections connections(BrokerAccess access, Duration heartbeat) {
    var factory = new ConnectionFactory();
    factory.setRequestedHeartbeat((int) heartbeat.toSeconds());
    factory.setUsername(access.username());
    factory.setPassword(access.password());
    factory.setVirtualHost(access.virtualHost());
    return new BrokerConnections(factory, List.of(new Address(access.host(), access.port())));
  }

  /** A message to {@link #QUEUE}. */
  static OutgoingMessage message() {
    var task = new TaskId(UUID.randomUUID());
    return new TaskMessage(task, "default", "test", 0, null).toMessage("default", Priority.NORMAL);
  }

  /** A channel of the test's own, on a connection that is opened anew if need be. */
  Channel channel() throws Exception {
    if (connection == null || !connection.isOpen()) {
      connection = connections().open("test");
    }
    return connection.createChannel();
  }

  /** Runs rabbitmqctl against this virtual host. */
  String control(String command, String... arguments) {
    var all = new ArrayList<>(List.of(command, "-p", access.virtualHost()));
    all.addAll(List.of(arguments));
    return broker.rabbitmqctl(all.toArray(String[]::new));
  }

  /** Runs an Erlang expression on the node. */
  void eval(String expression) {
    broker.rabbitmqctl("eval", expression);
  }

  /** The registered name of the process that keeps a quorum queue. */
  String processOf(String queue) {
    return "list_to_atom(\"" + access.virtualHost() + "_" + queue + "\")";
  }

  /** Takes everything out of a queue. */
  List<GetResponse> drain(String queue) throws Exception {
    List<GetResponse> drained = new ArrayList<>();
    try (var channel = channel()) {
      for (var got = channel.basicGet(queue, true);
          got != null;
          got = channel.basicGet(queue, true)) {
        drained.add(got);
      }
    }
    return drained;
  }

  /** Takes everything out of a queue, and gives the message ids. */
  List<String> drainIds(String queue) throws Exception {
    return drain(queue).stream().map(got -> got.getProps().getMessageId()).toList();
  }

  /** Takes messages out of a queue until all of the given ids were among them; gives the rest. */
  Set<String> missing(String queue, Collection<String> ids) throws Exception {
    Set<String> missing = new HashSet<>(ids);
    var received = new LinkedBlockingQueue<String>();
    try (var channel = channel()) {
      channel.basicConsume(
          queue,
          true,
          (tag, delivery) -> received.add(delivery.getProperties().getMessageId()),
          tag -> {});
      while (!missing.isEmpty()) {
        String id = received.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        if (id == null) {
          return missing;
        }
        missing.remove(id);
      }
    }
    return missing;
  }

  @Override
  public void close() throws IOException {
    if (connection != null) {
      connection.abort();
    }
  }
}
