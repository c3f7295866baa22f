package io.legwork.notifier.intake;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Delivery;
import com.rabbitmq.client.Envelope;
import com.rabbitmq.client.ShutdownSignalException;
import io.legwork.messaging.BrokerConnections;
import io.legwork.messaging.Topology;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Consumes the queue of events on a connection of its own, until the broker ends it: the connection
 * or channel is lost, or the queue deleted. Messages are taken and acknowledged by one thread.
 */
final class EventSession implements AutoCloseable {

  private static final int CLOSE_MILLIS = 3_000;
  private static final long CHECK_NANOS = Duration.ofSeconds(1).toNanos();

  private final LinkedBlockingQueue<Delivery> messages = new LinkedBlockingQueue<>();
  private final Connection connection;
  private final Channel channel;
  private volatile @Nullable String ended;
  private long checkedAt = System.nanoTime();

  private EventSession(Connection connection, Channel channel) {
    this.connection = connection;
    this.channel = channel;
  }

  /**
   * Connects, declares the topology and starts to consume.
   *
   * @param prefetch how many messages may be here unacknowledged
   */
  static EventSession open(BrokerConnections connections, Topology topology, int prefetch)
      throws IOException, TimeoutException {
    Connection connection = connections.open("notifier events");
    try {
      Channel channel = connection.createChannel();
      topology.declare(channel);
      channel.basicQos(prefetch);
      EventSession session = new EventSession(connection, channel);
      channel.basicConsume(Topology.QUEUE_NOTIFY, false, session.consumer());
      return session;
    } catch (IOException | RuntimeException refused) {
      connection.abort(CLOSE_MILLIS);
      throw refused;
    }
  }

  private DefaultConsumer consumer() {
    return new DefaultConsumer(channel) {
      @Override
      public void handleDelivery(
          String consumer, Envelope envelope, AMQP.BasicProperties properties, byte[] body) {
        messages.add(new Delivery(envelope, properties, body));
      }

      @Override
      public void handleCancel(String consumer) {
        ended = "the queue was deleted or moved";
      }

      @Override
      public void handleShutdownSignal(String consumer, ShutdownSignalException signal) {
        ended = String.valueOf(signal.getMessage());
      }
    };
  }

  /** Why it is over, or null if it is not. */
  @Nullable String ended() {
    return ended;
  }

  /**
   * Ends the session if the queue knows no consumer at all: a queue that is deleted while somebody
   * begins to consume it can leave a consumer that is never told.
   *
   * @throws IOException if the queue does not exist, which ends the session as well
   */
  void check() throws IOException {
    if (System.nanoTime() - checkedAt >= CHECK_NANOS) {
      if (channel.consumerCount(Topology.QUEUE_NOTIFY) == 0) {
        ended = "the queue has forgotten its consumer";
      }
      checkedAt = System.nanoTime();
    }
  }

  /**
   * Takes what is there.
   *
   * @param patience how long to wait for the first message
   * @return in the order of their tags; empty if none came
   */
  List<Delivery> take(int limit, Duration patience) throws InterruptedException {
    Delivery first = messages.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
    if (first == null) {
      return List.of();
    }
    List<Delivery> batch = new ArrayList<>();
    batch.add(first);
    messages.drainTo(batch, limit - 1);
    return batch;
  }

  /** Acknowledges the message and all before it. */
  void acknowledgeThrough(Delivery latest) throws IOException {
    channel.basicAck(latest.getEnvelope().getDeliveryTag(), true);
  }

  /** What was not acknowledged goes back to the queue. */
  @Override
  public void close() {
    connection.abort(CLOSE_MILLIS);
  }
}
