package io.legwork.worker.execution;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import io.legwork.messaging.Parking;
import io.legwork.messaging.TaskGroup;
import io.legwork.messaging.Topology;
import io.legwork.messaging.UnreadableMessageException;
import io.legwork.task.Priority;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Consumes one queue on a channel of its own.
 *
 * <p>A queue that is deleted and declared again within milliseconds can keep a consumer that it
 * counts, and hands messages to, but that never gets them (seen with RabbitMQ 3.10.8). Nobody can
 * tell it from a consumer that has nothing to do. So a consumer that nothing has come to for a
 * while, and that owes nothing, moves to a new channel: what the old one was handed comes again.
 */
final class QueueConsumer {

  private static final Logger LOG = LoggerFactory.getLogger(QueueConsumer.class);

  /** Long enough to cost the broker nothing: a dozen small requests. */
  private static final Duration IDLE = Duration.ofSeconds(15);

  private final Connection connection;
  private final String queue;
  private final Priority priority;
  private final Prefetch prefetch;
  private final Execution execution;
  private final Parking parking;
  private final Runnable lost;
  private Subscription subscription;

  /**
   * Begins to consume.
   *
   * @param queue the name of the task queue, of which this is one priority
   * @param lost called when the channel or the queue goes away
   */
  QueueConsumer(
      Connection connection,
      String queue,
      Priority priority,
      Prefetch prefetch,
      Execution execution,
      Parking parking,
      Runnable lost)
      throws IOException {
    this.connection = connection;
    this.queue = Topology.taskQueue(queue, priority);
    this.priority = priority;
    this.prefetch = prefetch;
    this.execution = execution;
    this.parking = parking;
    this.lost = lost;
    this.subscription = subscribe();
  }

  private Subscription subscribe() throws IOException {
    Channel channel = connection.createChannel();
    Subscription subscribed = new Subscription(channel, new Acknowledger(channel, queue));
    channel.addShutdownListener(cause -> subscribed.ended());
    consume(channel, subscribed);
    return subscribed;
  }

  private void consume(Channel channel, Subscription subscribed) throws IOException {
    channel.basicQos(prefetch.size());
    channel.basicConsume(queue, false, subscribed);
  }

  /**
   * Whether the queue has forgotten this consumer, or is another one of the same name.
   *
   * @param inspection a channel to ask on; closed by the broker if the queue is gone
   */
  boolean isForgotten(Channel inspection) throws IOException {
    return inspection.queueDeclarePassive(queue).getConsumerCount() == 0;
  }

  /** Moves to a new channel if nothing has come for a while and nothing is owed. */
  synchronized void renewIfIdle() throws IOException {
    Subscription old = subscription;
    if (old.isIdle()) {
      subscription = subscribe();
      old.close();
    }
  }

  /** Consumes with another prefetch if what has come lately asks for it. */
  synchronized void adapt() throws IOException {
    if (prefetch.adapt()) {
      subscription.consumeAnew();
    }
  }

  /** Takes nothing any more, but keeps the channel, so that running tasks can be acknowledged. */
  synchronized void cancel() {
    subscription.cancel();
  }

  /** Settles what is to be settled. */
  synchronized void close() {
    subscription.acknowledger.close();
  }

  /** The consumer on one channel. Hands the deliveries over; never blocks. */
  private final class Subscription extends DefaultConsumer {

    private final Acknowledger acknowledger;
    private final AtomicLong delivered = new AtomicLong();
    private volatile long lastNanos = System.nanoTime();
    private volatile boolean closing;

    private Subscription(Channel channel, Acknowledger acknowledger) {
      super(channel);
      this.acknowledger = acknowledger;
    }

    @Override
    public void handleDelivery(
        String consumer, Envelope envelope, AMQP.BasicProperties properties, byte[] body) {
      delivered.incrementAndGet();
      lastNanos = System.nanoTime();
      long tag = envelope.getDeliveryTag();
      try {
        TaskGroup group = TaskGroup.decode(body);
        prefetch.seen(group);
        TaskDelivery.of(group, priority, tag, acknowledger).forEach(execution::begin);
      } catch (UnreadableMessageException unreadable) {
        parking
            .park(envelope, properties, body, unreadable.reason())
            .thenRun(() -> acknowledger.acknowledge(tag));
      }
    }

    @Override
    public void handleCancel(String consumer) {
      ended();
    }

    private void ended() {
      if (!closing) {
        lost.run();
      }
    }

    private boolean isIdle() {
      return System.nanoTime() - lastNanos > IDLE.toNanos()
          && delivered.get() == acknowledger.settled();
    }

    private void cancel() {
      try {
        getChannel().basicCancel(getConsumerTag());
      } catch (IOException | RuntimeException gone) {
        LOG.atDebug().addKeyValue("reason", gone.getMessage()).log("consumer.gone");
      }
    }

    /**
     * Consumes on the same channel with another prefetch, which holds for new consumers only. What
     * the old one was handed stays here and is acknowledged as before.
     */
    private void consumeAnew() throws IOException {
      getChannel().basicCancel(getConsumerTag());
      consume(getChannel(), this);
    }

    private void close() {
      closing = true;
      acknowledger.close();
      try {
        getChannel().close();
      } catch (IOException | TimeoutException | AlreadyClosedException gone) {
        LOG.atDebug().addKeyValue("reason", gone.getMessage()).log("channel.gone");
      }
    }
  }
}
