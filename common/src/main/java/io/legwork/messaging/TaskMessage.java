package io.legwork.messaging;

import io.legwork.task.Priority;
import io.legwork.task.TaskId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells a worker that a task is to be run. It refers to the task; the ledger has everything else.
 *
 * @param attempt how many attempts the task had when the message was made, so that a message that
 *     was overtaken by events can be told from a current one
 * @param traceparent the W3C trace context to continue, or null
 */
public record TaskMessage(
    TaskId task, String tenant, String type, int attempt, @Nullable String traceparent) {

  /** The versioned name of the format. */
  public static final String FORMAT = "legwork.task.v1";

  private static final int VERSION = 1;

  /** The wire form. */
  public byte[] encode() {
    return FlatJson.write(
        VERSION,
        json -> {
          json.writeStringProperty("task", task.toString());
          json.writeStringProperty("tenant", tenant);
          json.writeStringProperty("type", type);
          json.writeNumberProperty("attempt", attempt);
          if (traceparent != null) {
            json.writeStringProperty("trace", traceparent);
          }
        });
  }

  /**
   * Reads the wire form.
   *
   * @throws UnreadableMessageException if it is not one, whatever it is
   */
  static TaskMessage decode(FlatJson json) throws UnreadableMessageException {
    return new TaskMessage(
        json.task("task"),
        json.text("tenant"),
        json.text("type"),
        json.integer("attempt", 0),
        json.optionalText("trace"));
  }

  /** The message to publish so that a worker of the queue gets the task. */
  public OutgoingMessage toMessage(String queue, Priority priority) {
    return new TaskGroup(List.of(this)).toMessage(queue, priority);
  }
}
