package io.legwork.messaging;

import com.rabbitmq.client.AMQP;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * A message the publisher has taken and the broker has not confirmed. Owned by one thread at a
 * time: the one that took it out of the queue or map it was in.
 */
final class Pending {

  private static final int PERSISTENT = 2;

  private final OutgoingMessage message;
  private final AMQP.BasicProperties properties;
  private final CompletableFuture<Void> outcome = new CompletableFuture<>();
  private int failures;
  private volatile long sentAt;
  private volatile boolean returned;
  private volatile long firstRefusedAt;

  Pending(OutgoingMessage message) {
    this.message = message;
    this.properties =
        new AMQP.BasicProperties.Builder()
            .deliveryMode(PERSISTENT)
            .messageId(message.messageId())
            .type(message.type())
            .contentType(message.body().contentType())
            .headers(message.headers().isEmpty() ? null : Map.copyOf(message.headers()))
            .build();
  }

  OutgoingMessage message() {
    return message;
  }

  AMQP.BasicProperties properties() {
    return properties;
  }

  CompletableFuture<Void> outcome() {
    return outcome;
  }

  /** Called for each time it is sent. */
  void sending(long now) {
    sentAt = now;
    returned = false;
  }

  long sentAt() {
    return sentAt;
  }

  void markReturned() {
    returned = true;
  }

  boolean isReturned() {
    return returned;
  }

  /** Counts a time it was sent in vain, and tells how many there were. */
  int failed() {
    return ++failures;
  }

  /** Notes that the broker refused it, and tells for how long it has. */
  long refused(long now) {
    if (firstRefusedAt == 0) {
      firstRefusedAt = now;
    }
    return now - firstRefusedAt;
  }

  boolean isRepeated() {
    return failures > 0;
  }

  boolean matches(String exchange, String routingKey, String messageId) {
    return message.messageId().equals(messageId)
        && message.routingKey().equals(routingKey)
        && message.exchange().equals(exchange);
  }
}
