package io.legwork.producer.dispatch;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import io.legwork.messaging.BrokerConnections;
import io.legwork.messaging.Topology;
import io.legwork.task.Priority;
import java.io.IOException;
import java.util.OptionalLong;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Asks the broker how many messages of a queue wait for a consumer. Thread-safe. */
final class QueueDepths implements AutoCloseable {

  private final BrokerConnections connections;
  private @Nullable Connection connection;
  private @Nullable Channel channel;

  QueueDepths(BrokerConnections connections) {
    this.connections = connections;
  }

  /** How many messages are ready, or empty if the broker does not answer or has no such queue. */
  synchronized OptionalLong ready(String queue, Priority priority) {
    try {
      return OptionalLong.of(channel().messageCount(Topology.taskQueue(queue, priority)));
    } catch (IOException | TimeoutException | RuntimeException unanswered) {
      close();
      return OptionalLong.empty();
    }
  }

  private Channel channel() throws IOException, TimeoutException {
    Channel open = channel;
    if (open == null || !open.isOpen()) {
      close();
      Connection fresh = connections.open("producer-inspection");
      connection = fresh;
      open = fresh.createChannel();
      channel = open;
    }
    return open;
  }

  @Override
  public synchronized void close() {
    if (connection != null) {
      connection.abort();
    }
    connection = null;
    channel = null;
  }
}
