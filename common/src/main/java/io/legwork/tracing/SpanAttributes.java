package io.legwork.tracing;

import io.legwork.ledger.QueuedTask;
import io.legwork.messaging.Topology;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;

/**
 * The names of what spans tell: OpenTelemetry's semantic conventions for messaging, version 1.44,
 * and {@code legwork.…} for what they have no name for.
 */
public final class SpanAttributes {

  /** Why a span failed: one of few words, never what somebody said. */
  public static final String ERROR_TYPE = "error.type";

  private SpanAttributes() {}

  /**
   * What is done with a message.
   *
   * @param operation {@code create}, {@code send} or {@code process}, which is its type, too
   */
  public static AttributesBuilder messaging(String operation, String exchange, String routingKey) {
    return Attributes.builder()
        .put("messaging.system", "rabbitmq")
        .put("messaging.operation.name", operation)
        .put("messaging.operation.type", operation)
        .put("messaging.destination.name", exchange + ':' + routingKey)
        .put("messaging.rabbitmq.destination.routing_key", routingKey);
  }

  /**
   * What is done with the message that refers to a task.
   *
   * @param operation {@code create} or {@code process}
   */
  public static AttributesBuilder task(String operation, QueuedTask task) {
    String routingKey = Topology.taskQueue(task.queue(), task.priority());
    return messaging(operation, Topology.EXCHANGE_TASKS, routingKey)
        .put("messaging.message.id", task.id() + "." + task.attempt())
        .put("messaging.message.conversation_id", task.id().toString())
        .put("legwork.task.id", task.id().toString())
        .put("legwork.task.type", task.type());
  }
}
