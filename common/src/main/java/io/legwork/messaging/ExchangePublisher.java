package io.legwork.messaging;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ShutdownSignalException;
import io.legwork.task.Json;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Publishes single messages to exchanges that others have declared, on a connection of its own, so
 * that an exchange that does not exist closes nobody else's channel. Persistent and confirmed; a
 * message that no queue takes is none of our concern, as with any topic exchange. Thread-safe, one
 * message at a time.
 */
public final class ExchangePublisher implements AutoCloseable {

  private static final int CLOSE_MILLIS = 3_000;
  private static final int PERSISTENT = 2;

  private final BrokerConnections connections;
  private final Duration patience;
  private @Nullable Connection connection;
  private @Nullable Channel channel;

  /**
   * @param patience how long to wait for the broker's confirm
   */
  public ExchangePublisher(BrokerConnections connections, Duration patience) {
    this.connections = connections;
    this.patience = patience;
  }

  /**
   * Publishes a JSON document.
   *
   * @param messageId the same however often it is published
   * @return what went wrong, or null if the broker has taken it
   */
  public synchronized @Nullable String publish(
      String exchange,
      String routingKey,
      String messageId,
      Map<String, String> headers,
      Json body) {
    try {
      Channel current = opened();
      current.basicPublish(
          exchange,
          routingKey,
          new AMQP.BasicProperties.Builder()
              .contentType("application/json")
              .deliveryMode(PERSISTENT)
              .messageId(messageId)
              .headers(new HashMap<>(headers))
              .build(),
          body.bytes());
      return current.waitForConfirms(patience.toMillis())
          ? null
          : "the broker did not take the message";
    } catch (ShutdownSignalException closed) {
      return isMissing(closed)
          ? "there is no exchange of this name"
          : "the broker could not be reached: " + closed.getMessage();
    } catch (IOException refused) {
      return "the broker could not be reached: " + refused.getMessage();
    } catch (TimeoutException slow) {
      // A confirm that still comes must not be taken for that of another message.
      abandon();
      return "the broker did not answer in time";
    } catch (InterruptedException stopped) {
      abandon();
      Thread.currentThread().interrupt();
      return "the service stopped";
    }
  }

  private Channel opened() throws IOException, TimeoutException {
    Channel current = channel;
    if (current == null || !current.isOpen()) {
      current = connected().createChannel();
      current.confirmSelect();
      channel = current;
    }
    return current;
  }

  private Connection connected() throws IOException, TimeoutException {
    Connection current = connection;
    if (current == null || !current.isOpen()) {
      current = connections.open("subscribers' exchanges");
      connection = current;
    }
    return current;
  }

  private void abandon() {
    Connection late = connection;
    connection = null;
    channel = null;
    if (late != null) {
      late.abort(CLOSE_MILLIS);
    }
  }

  /** The broker closes the channel of whoever publishes to an exchange that it does not have. */
  private static boolean isMissing(ShutdownSignalException signal) {
    return signal.getReason() instanceof AMQP.Channel.Close close
        && close.getReplyCode() == AMQP.NOT_FOUND;
  }

  /** Breaks off what is under way. */
  @Override
  public synchronized void close() {
    abandon();
  }
}
