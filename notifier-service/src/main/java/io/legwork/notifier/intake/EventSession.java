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

  /** Also how late a message can be that was handed to nobody. */
  private static final long IDLE_NANOS = Duration.ofSeconds(5).toNanos();

  private final LinkedBlockingQueue<Delivery> messages = new LinkedBlockingQueue<>();
  private final Connection connection;
  private final int prefetch;
  private volatile Channel channel;
  private volatile @Nullable String ended;
  private volatile long delivered;
  private volatile long deliveredAt = System.nanoTime();
  private long acknowledged;
  private long checkedAt = System.nanoTime();

  private EventSession(Connection connection, Channel channel, int prefetch) {
    this.connection = connection;
    this.channel = channel;
    this.prefetch = prefetch;
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
      EventSession session = new EventSession(connection, channel, prefetch);
      session.consume();
      return session;
    } catch (IOException | RuntimeException refused) {
      connection.abort(CLOSE_MILLIS);
      throw refused;
    }
  }

  private void consume() throws IOException {
    channel.basicQos(prefetch);
    channel.basicConsume(Topology.QUEUE_NOTIFY, false, new Events(channel));
  }

  /** Takes what arrives on a channel for as long as it is the one in use. */
  private final class Events extends DefaultConsumer {

    Events(Channel channel) {
      super(channel);
    }

    private boolean isInUse() {
      return getChannel().equals(channel);
    }

    @Override
    public void handleDelivery(
        String consumer, Envelope envelope, AMQP.BasicProperties properties, byte[] body) {
      synchronized (messages) {
        if (isInUse()) {
          delivered = envelope.getDeliveryTag();
          deliveredAt = System.nanoTime();
          messages.add(new Delivery(envelope, properties, body));
        }
      }
    }

    @Override
    public void handleCancel(String consumer) {
      if (isInUse()) {
        ended = "the queue was deleted or moved";
      }
    }

    @Override
    public void handleShutdownSignal(String consumer, ShutdownSignalException signal) {
      if (isInUse()) {
        ended = String.valueOf(signal.getMessage());
      }
    }
  }

  /** Why it is over, or null if it is not. */
  @Nullable String ended() {
    return ended;
  }

  /**
   * Looks whether the queue still knows us. One that is deleted while somebody begins to consume it
   * can leave a consumer that is never told; one that is deleted and declared within milliseconds
   * can leave a consumer that it hands messages to of which none arrives. So a session is over if
   * its queue knows no consumer, and takes a new channel, which returns what did not arrive, if
   * nothing has arrived for a while.
   *
   * @throws IOException if the queue does not exist, which ends the session as well
   */
  void check() throws IOException {
    long now = System.nanoTime();
    if (now - checkedAt < CHECK_NANOS) {
      return;
    }
    checkedAt = now;
    if (channel.consumerCount(Topology.QUEUE_NOTIFY) == 0) {
      ended = "the queue has forgotten its consumer";
    } else if (now - deliveredAt > IDLE_NANOS && delivered == acknowledged) {
      renew();
    }
  }

  private void renew() throws IOException {
    Channel idle = channel;
    Channel fresh = connection.createChannel();
    synchronized (messages) {
      channel = fresh;
      messages.clear();
      delivered = 0;
      deliveredAt = System.nanoTime();
    }
    acknowledged = 0;
    idle.abort();
    consume();
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
    acknowledged = latest.getEnvelope().getDeliveryTag();
    channel.basicAck(acknowledged, true);
  }

  /** What was not acknowledged goes back to the queue. */
  @Override
  public void close() {
    connection.abort(CLOSE_MILLIS);
  }
}
