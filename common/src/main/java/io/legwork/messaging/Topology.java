package io.legwork.messaging;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.BuiltinExchangeType;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ShutdownSignalException;
import io.legwork.task.Priority;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The exchanges, queues and bindings of the system. All are durable and all queues are quorum
 * queues; limits, dead-lettering and timeouts are policies, so that they can change without a queue
 * being declared anew.
 *
 * @param queues the names of the task queues; each has one broker queue per priority
 */
public record Topology(List<String> queues) {

  /** Takes tasks to their queue; direct, the key is the name of the broker queue. */
  public static final String EXCHANGE_TASKS = "legwork.tasks";

  /** Takes events to whoever is interested, maybe nobody; topic, the key is {@link #eventKey}. */
  public static final String EXCHANGE_EVENTS = "legwork.events";

  /** Holds every event for the notifier; fed through {@link #EXCHANGE_TASKS}. */
  public static final String QUEUE_NOTIFY = "legwork.notify";

  /** Keeps messages that could not be read; fed through {@link #EXCHANGE_TASKS}. */
  public static final String QUEUE_PARKED = "legwork.parked";

  /** What an earlier version has bound the notifier's queue with. */
  private static final String EVENT_BY_EVENT = "task.#";

  private static final Map<String, Object> QUORUM = Map.of("x-queue-type", "quorum");

  /** Takes a copy. */
  public Topology {
    queues = List.copyOf(queues);
  }

  /** The broker queue of a task queue and priority, which is also the routing key to it. */
  public static String taskQueue(String queue, Priority priority) {
    return EXCHANGE_TASKS + "." + queue + "." + priority.wireName();
  }

  /**
   * The routing key of an event.
   *
   * @param state what became of the task, in any case
   * @param taskType the type of the task
   */
  public static String eventKey(String state, String taskType) {
    return "task." + state.toLowerCase(Locale.ROOT) + "." + taskType;
  }

  /** Whether messages may be sent to the exchange. */
  static boolean knowsExchange(String exchange) {
    return exchange.equals(EXCHANGE_TASKS) || exchange.equals(EXCHANGE_EVENTS);
  }

  /** Whether a message that the exchange has no queue for is lost. */
  static boolean needsQueue(String exchange) {
    return exchange.equals(EXCHANGE_TASKS);
  }

  /**
   * Declares everything; harmless where it exists already. The channel is closed by the broker if a
   * declaration fails.
   *
   * @throws TopologyMismatchException if something of the same name but another kind exists
   * @throws IOException if the broker cannot be asked
   */
  public void declare(Channel channel) throws IOException {
    declaring("exchange", EXCHANGE_TASKS, () -> exchange(channel, EXCHANGE_TASKS));
    declaring("exchange", EXCHANGE_EVENTS, () -> exchange(channel, EXCHANGE_EVENTS));
    for (String queue : queues) {
      for (Priority priority : Priority.values()) {
        String name = taskQueue(queue, priority);
        declaring("queue", name, () -> queue(channel, name, EXCHANGE_TASKS, name));
      }
    }
    declaring(
        "queue", QUEUE_PARKED, () -> queue(channel, QUEUE_PARKED, EXCHANGE_TASKS, QUEUE_PARKED));
    declaring(
        "queue", QUEUE_NOTIFY, () -> queue(channel, QUEUE_NOTIFY, EXCHANGE_TASKS, QUEUE_NOTIFY));
    channel.queueUnbind(QUEUE_NOTIFY, EXCHANGE_EVENTS, EVENT_BY_EVENT);
  }

  private static void exchange(Channel channel, String name) throws IOException {
    var type = name.equals(EXCHANGE_TASKS) ? BuiltinExchangeType.DIRECT : BuiltinExchangeType.TOPIC;
    channel.exchangeDeclare(name, type, true);
  }

  private static void queue(Channel channel, String name, String exchange, String key)
      throws IOException {
    channel.queueDeclare(name, true, false, false, QUORUM);
    channel.queueBind(name, exchange, key);
  }

  private static void declaring(String kind, String name, Declaration declaration)
      throws IOException {
    try {
      declaration.run();
    } catch (IOException refused) {
      if (refused.getCause() instanceof ShutdownSignalException signal
          && signal.getReason() instanceof AMQP.Channel.Close close
          && isMismatch(close.getReplyCode())) {
        throw new TopologyMismatchException(kind, name, close.getReplyText(), refused);
      }
      throw refused;
    }
  }

  private static boolean isMismatch(int replyCode) {
    return replyCode == AMQP.PRECONDITION_FAILED || replyCode == AMQP.RESOURCE_LOCKED;
  }

  private interface Declaration {
    void run() throws IOException;
  }
}
