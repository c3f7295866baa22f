package io.legwork.worker.execution;

import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import io.legwork.messaging.BrokerConnections;
import io.legwork.messaging.Parking;
import io.legwork.messaging.Topology;
import io.legwork.task.Priority;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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

  private final BrokerConnections connections;
  private final Topology topology;
  private final Execution execution;
  private final Parking parking;
  private final int prefetch;
  private final Map<String, Prefetch> prefetches = new ConcurrentHashMap<>();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final List<QueueConsumer> consumers = new ArrayList<>();
  private volatile boolean consuming;
  private String problem = "";
  private @Nullable Connection connection;

  /**
   * @param prefetch how many messages of a queue are handed over ahead of time; 0 to derive it
   */
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

  /** How many messages of a broker's queue are handed over ahead of time; 0 for an unknown one. */
  int prefetch(String queue) {
    Prefetch known = prefetches.get(queue);
    return known == null ? 0 : known.size();
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
      consumers.forEach(QueueConsumer::cancel);
    }
  }

  /** Settles what is to be settled and closes the connection. */
  void close() {
    List<QueueConsumer> open;
    Connection current;
    synchronized (this) {
      open = List.copyOf(consumers);
      current = connection;
    }
    open.forEach(QueueConsumer::close);
    closeQuietly(current);
  }

  private void run() {
    Duration pause = FIRST_PAUSE;
    while (!isStopped(Duration.ZERO)) {
      CountDownLatch broken = new CountDownLatch(1);
      try {
        open(broken);
        pause = FIRST_PAUSE;
        problem = "";
        LOG.info("tasks.consuming");
        awaitEnd(broken);
      } catch (IOException | TimeoutException | RuntimeException failure) {
        report(String.valueOf(failure.getMessage()));
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

  /** An outage is worth one line, not one for each attempt. */
  private void report(String reason) {
    if (!reason.equals(problem)) {
      LOG.atWarn()
          .addKeyValue("reason", reason)
          .log("tasks.not_consuming; it is tried again at least every {}", LONGEST_PAUSE);
    }
    problem = reason;
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
        consumers.add(consumer(opened, queue, priority, broken));
      }
    }
    consuming = true;
  }

  private QueueConsumer consumer(
      Connection opened, String queue, Priority priority, CountDownLatch broken)
      throws IOException {
    // What is known of a queue outlives the connection.
    Prefetch known =
        prefetches.computeIfAbsent(
            Topology.taskQueue(queue, priority), name -> new Prefetch(execution.lanes(), prefetch));
    return new QueueConsumer(opened, queue, priority, known, execution, parking, broken::countDown);
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
   * Whether a queue has forgotten us; gives consumers a new channel that may be, and adapts them.
   */
  private synchronized boolean isForgotten() throws IOException {
    Connection current = connection;
    if (current == null || !consuming) {
      return false;
    }
    try (Channel channel = current.createChannel()) {
      for (QueueConsumer consumer : consumers) {
        if (consumer.isForgotten(channel)) {
          return true;
        }
        consumer.renewIfIdle();
        consumer.adapt();
      }
      return false;
    } catch (TimeoutException | AlreadyClosedException closed) {
      return true;
    }
  }

  /** What was delivered on the old connection is returned to the queues by the broker. */
  private synchronized void abandon() {
    consuming = false;
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
}
