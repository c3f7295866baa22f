package io.legwork.worker.execution;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import com.rabbitmq.client.ShutdownSignalException;
import io.legwork.messaging.BrokerConnections;
import io.legwork.messaging.Parking;
import io.legwork.messaging.TaskMessage;
import io.legwork.messaging.Topology;
import io.legwork.messaging.UnreadableMessageException;
import io.legwork.task.Priority;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Consumes the task queues, one channel for each queue and priority, on a connection of its own.
 * When the connection, a channel or a queue goes away, everything is set up anew, for as long as
 * the worker runs.
 */
final class TaskConsumers {

  private static final Logger LOG = LoggerFactory.getLogger(TaskConsumers.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
  private static final Duration CHECK = Duration.ofSeconds(1);
  private static final int STALLED_CHECKS = 3;

  private final BrokerConnections connections;
  private final Topology topology;
  private final Execution execution;
  private final Parking parking;
  private final int prefetch;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final List<Acknowledger> acknowledgers = new ArrayList<>();
  private final List<TaskConsumer> consumers = new ArrayList<>();
  private volatile boolean consuming;
  private @Nullable Connection connection;

  TaskConsumers(
      BrokerConnections connections,
      Topology topology,
      Execution execution,
      Parking parking,
      int prefetch) {
    this.connections = connections;
    this.topology = topology;
    this.execution = execution;
    this.parking = parking;
    this.prefetch = prefetch;
  }

  /** Whether the queues are being consumed right now. */
  boolean isConsuming() {
    return consuming;
  }

  void start() {
    Thread.ofPlatform().name("task-consumers").start(this::run);
  }

  /**
   * Stops taking deliveries: closes the channels' consumers but keeps the channels, so that running
   * tasks can still be acknowledged.
   */
  void stopConsuming() {
    stopped.countDown();
    synchronized (this) {
      consuming = false;
      for (TaskConsumer consumer : consumers) {
        consumer.cancel();
      }
    }
  }

  /** Settles what is to be settled and closes the connection. */
  void close() {
    List<Acknowledger> open;
    Connection current;
    synchronized (this) {
      open = List.copyOf(acknowledgers);
      current = connection;
    }
    open.forEach(Acknowledger::close);
    closeQuietly(current);
  }

  private void run() {
    Duration pause = FIRST_PAUSE;
    while (!isStopped(Duration.ZERO)) {
      CountDownLatch broken = new CountDownLatch(1);
      try {
        open(broken);
        pause = FIRST_PAUSE;
        LOG.info("tasks.consuming");
        awaitEnd(broken);
      } catch (IOException | TimeoutException | RuntimeException failure) {
        LOG.atWarn()
            .addKeyValue("reason", failure.getMessage())
            .log("tasks.not_consuming, trying again in {} ms", pause.toMillis());
      }
      if (!isStopped(Duration.ZERO)) {
        abandon();
        isStopped(pause);
        pause =
            pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0
                ? LONGEST_PAUSE
                : pause.multipliedBy(2);
      }
    }
  }

  private synchronized void open(CountDownLatch broken) throws IOException, TimeoutException {
    Connection opened = connections.open("worker-tasks");
    connection = opened;
    opened.addShutdownListener(cause -> broken.countDown());
    try (Channel channel = opened.createChannel()) {
      topology.declare(channel);
    }
    for (Priority priority : Priority.values()) {
      for (String queue : topology.queues()) {
        consume(opened, Topology.taskQueue(queue, priority), broken);
      }
    }
    consuming = true;
  }

  private void consume(Connection on, String queue, CountDownLatch broken) throws IOException {
    Channel channel = on.createChannel();
    channel.addShutdownListener(cause -> broken.countDown());
    channel.basicQos(prefetch);
    Acknowledger acknowledger = new Acknowledger(channel, queue);
    acknowledgers.add(acknowledger);
    TaskConsumer consumer = new TaskConsumer(channel, queue, acknowledger, broken);
    consumers.add(consumer);
    channel.basicConsume(queue, false, consumer);
  }

  private void awaitEnd(CountDownLatch broken) throws IOException {
    while (!isStopped(Duration.ZERO)) {
      if ((isDown(broken) || isForgotten()) && !isStopped(Duration.ZERO)) {
        LOG.warn("tasks.interrupted: the connection, a channel or a queue was lost");
        return;
      }
    }
  }

  private static boolean isDown(CountDownLatch broken) {
    try {
      return broken.await(CHECK.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  /**
   * Whether a queue has forgotten us. A queue that is deleted while somebody begins to consume it
   * can leave a consumer that is never told, or one that its successor counts but never serves:
   * then messages are ready and none comes although all that came before are settled.
   */
  private synchronized boolean isForgotten() throws IOException {
    Connection current = connection;
    if (current == null || !consuming) {
      return false;
    }
    try (Channel channel = current.createChannel()) {
      boolean forgotten = false;
      for (TaskConsumer consumer : consumers) {
        AMQP.Queue.DeclareOk queue = channel.queueDeclarePassive(consumer.queue);
        forgotten |= queue.getConsumerCount() == 0 || consumer.isStalled(queue.getMessageCount());
      }
      return forgotten;
    } catch (TimeoutException | AlreadyClosedException closed) {
      return true;
    }
  }

  /** What was delivered on the old connection is returned to the queues by the broker. */
  private synchronized void abandon() {
    consuming = false;
    acknowledgers.clear();
    consumers.clear();
    closeQuietly(connection);
    connection = null;
  }

  private static void closeQuietly(@Nullable Connection connection) {
    if (connection != null) {
      connection.abort();
    }
  }

  private boolean isStopped(Duration wait) {
    try {
      return stopped.await(wait.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  /** Hands the deliveries of one queue over; never blocks. */
  private final class TaskConsumer extends DefaultConsumer {

    private final String queue;
    private final Acknowledger acknowledger;
    private final CountDownLatch broken;
    private final AtomicLong delivered = new AtomicLong();
    private long deliveredAtLastCheck;
    private int checksWithoutDelivery;

    TaskConsumer(Channel channel, String queue, Acknowledger acknowledger, CountDownLatch broken) {
      super(channel);
      this.queue = queue;
      this.acknowledger = acknowledger;
      this.broken = broken;
    }

    @Override
    public void handleDelivery(
        String tag, Envelope envelope, AMQP.BasicProperties properties, byte[] body) {
      long deliveryTag = envelope.getDeliveryTag();
      delivered.incrementAndGet();
      try {
        TaskMessage message = TaskMessage.decode(body);
        execution.begin(new TaskDelivery(message, deliveryTag, System.nanoTime(), acknowledger));
      } catch (UnreadableMessageException unreadable) {
        parking
            .park(envelope, properties, body, unreadable.reason())
            .thenRun(() -> acknowledger.acknowledge(deliveryTag));
      }
    }

    @Override
    public void handleCancel(String tag) {
      broken.countDown();
    }

    @Override
    public void handleShutdownSignal(String tag, ShutdownSignalException cause) {
      broken.countDown();
    }

    /** Whether messages have been ready for some checks while nothing came and nothing is owed. */
    boolean isStalled(int ready) {
      long now = delivered.get();
      boolean waiting = ready > 0 && now == deliveredAtLastCheck && now == acknowledger.settled();
      deliveredAtLastCheck = now;
      checksWithoutDelivery = waiting ? checksWithoutDelivery + 1 : 0;
      return checksWithoutDelivery >= STALLED_CHECKS;
    }

    void cancel() {
      try {
        getChannel().basicCancel(getConsumerTag());
      } catch (IOException | RuntimeException gone) {
        LOG.atDebug().addKeyValue("reason", gone.getMessage()).log("consumer.gone");
      }
    }
  }
}
