package io.legwork.notification;

import io.legwork.events.TaskEvent;
import io.legwork.task.Json;
import io.legwork.task.TaskId;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One thing that somebody is told.
 *
 * @param id of the event: the same on every channel and with every attempt
 * @param sequence the place of the event among all events, 0 if it is no event of a task
 * @param type such as {@code task.succeeded}
 * @param subject what it is about
 * @param data what is told, an object
 * @param traceparent the trace it belongs to (W3C Trace Context), or null
 * @param confidential whether that is sealed wherever it is kept
 */
public record Notification(
    UUID id,
    long sequence,
    String type,
    String tenant,
    @Nullable TaskId task,
    String subject,
    Instant at,
    Json data,
    @Nullable String traceparent,
    boolean confidential) {

  /** What is sent to try a subscription. */
  public static final String TEST = "subscription.test";

  /** What is sent to operators and the owner of a subscription that was disabled. */
  public static final String DISABLED = "subscription.disabled";

  /** What is told about the event of a task. */
  public static Notification of(TaskEvent event, Json data, boolean confidential) {
    return new Notification(
        event.id(),
        event.sequence(),
        event.kind().wireName(),
        event.tenant(),
        event.task(),
        event.task().toString(),
        event.at(),
        data,
        event.traceparent(),
        confidential);
  }
}
