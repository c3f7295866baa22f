package io.legwork.messaging;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Envelope;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts messages that cannot be read where people find them: {@link Topology#QUEUE_PARKED}, with the
 * reason. They are never requeued, because they would only come back. Thread-safe.
 */
public final class Parking {

  private static final Logger LOG = LoggerFactory.getLogger(Parking.class);

  /** Enough to see what it was. */
  private static final int LONGEST_BODY = 64 * 1024;

  private static final int LONGEST_HEADER = 200;

  private final ConfirmedPublisher publisher;
  private final Counter parked;

  /** Parks through the publisher and counts what it parks. */
  public Parking(ConfirmedPublisher publisher, MeterRegistry meters) {
    this.publisher = publisher;
    this.parked =
        Counter.builder("legwork.messages.parked")
            .description("Messages that could not be read and were put aside")
            .register(meters);
  }

  /**
   * Parks a message, cut to 64 KiB.
   *
   * @return completed once the broker has confirmed the copy, so that the original may be
   *     acknowledged
   */
  public CompletableFuture<Void> park(
      Envelope envelope, AMQP.BasicProperties properties, byte[] body, String reason) {
    Map<String, String> headers = new HashMap<>();
    headers.put("reason", shortened(reason));
    headers.put("original-exchange", envelope.getExchange());
    headers.put("original-routing-key", envelope.getRoutingKey());
    headers.put("original-message-id", shortened(String.valueOf(properties.getMessageId())));
    headers.put("original-content-type", shortened(String.valueOf(properties.getContentType())));
    headers.put("original-size", String.valueOf(body.length));
    parked.increment();
    LOG.atError()
        .addKeyValue("routingKey", envelope.getRoutingKey())
        .addKeyValue("reason", shortened(reason))
        .log("message.parked: it cannot be read and was put aside in {}", Topology.QUEUE_PARKED);
    return publisher.publish(
        new OutgoingMessage(
            Topology.EXCHANGE_TASKS,
            Topology.QUEUE_PARKED,
            "parked",
            "legwork.parked.v1",
            headers,
            MessageBody.raw(Arrays.copyOf(body, Math.min(body.length, LONGEST_BODY)))));
  }

  private static String shortened(String text) {
    return text.length() > LONGEST_HEADER ? text.substring(0, LONGEST_HEADER) : text;
  }
}
