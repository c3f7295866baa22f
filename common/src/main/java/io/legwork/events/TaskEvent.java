package io.legwork.events;

import io.legwork.messaging.FlatJson;
import io.legwork.messaging.MessageBody;
import io.legwork.messaging.OutgoingMessage;
import io.legwork.messaging.Topology;
import io.legwork.messaging.UnreadableMessageException;
import io.legwork.task.TaskId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A fact about a task, committed with the change it announces.
 *
 * @param sequence its place among all events of the system, from 1
 * @param id the same on every channel and every time it is sent
 * @param number its place among the events of the task, from 1
 * @param attempt how many attempts the task had had
 * @param callback whether the task asked for a webhook
 * @param reason why it failed, or null; messages carry its first 2,000 characters
 * @param traceparent the trace of the task (W3C Trace Context), or null; it travels in the headers
 *     of messages and not in their bodies, so that an event that was read has none
 */
public record TaskEvent(
    long sequence,
    UUID id,
    EventKind kind,
    String tenant,
    TaskId task,
    String taskType,
    String queue,
    int number,
    int attempt,
    Instant at,
    boolean callback,
    @Nullable String reason,
    @Nullable String traceparent) {

  /** The versioned name of the format. */
  public static final String FORMAT = "legwork.event.v1";

  private static final int VERSION = 1;
  private static final int MAX_REASON = 2_000;

  /** Of the greatest long. */
  private static final int DIGITS = 19;

  /** An event whose trace is not known. */
  public TaskEvent(
      long sequence,
      UUID id,
      EventKind kind,
      String tenant,
      TaskId task,
      String taskType,
      String queue,
      int number,
      int attempt,
      Instant at,
      boolean callback,
      @Nullable String reason) {
    this(
        sequence, id, kind, tenant, task, taskType, queue, number, attempt, at, callback, reason,
        null);
  }

  /** The same event as part of a trace; itself if that is null. */
  public TaskEvent inTrace(@Nullable String traceparent) {
    return traceparent == null
        ? this
        : new TaskEvent(
            sequence,
            id,
            kind,
            tenant,
            task,
            taskType,
            queue,
            number,
            attempt,
            at,
            callback,
            reason,
            traceparent);
  }

  /** The wire form. */
  public byte[] encode() {
    return encode(id.toString(), task.toString(), at.toString());
  }

  private byte[] encode(String id, String task, String at) {
    return FlatJson.write(
        VERSION,
        json -> {
          json.writeNumberProperty("seq", sequence);
          json.writeStringProperty("id", id);
          json.writeStringProperty("type", kind.wireName());
          json.writeStringProperty("tenant", tenant);
          json.writeStringProperty("task", task);
          json.writeStringProperty("taskType", taskType);
          json.writeStringProperty("queue", queue);
          json.writeNumberProperty("number", number);
          json.writeNumberProperty("attempt", attempt);
          json.writeStringProperty("at", at);
          json.writeBooleanProperty("callback", callback);
          if (reason != null) {
            json.writeStringProperty("reason", sendable(reason));
          }
        });
  }

  /** Cuts what is too long for a message, and replaces characters that UTF-8 cannot express. */
  private static String sendable(String text) {
    String head = text.length() > MAX_REASON ? text.substring(0, MAX_REASON) + "…" : text;
    return new String(head.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }

  /**
   * Reads the wire form.
   *
   * @throws UnreadableMessageException if it is not one, whatever it is
   */
  public static TaskEvent decode(byte[] body) throws UnreadableMessageException {
    return of(FlatJson.read(body, VERSION));
  }

  static TaskEvent of(FlatJson json) throws UnreadableMessageException {
    EventKind kind =
        EventKind.ofWireName(json.text("type"))
            .orElseThrow(() -> new UnreadableMessageException("the event type is unknown"));
    return new TaskEvent(
        json.positive("seq"),
        json.uuid("id"),
        kind,
        json.text("tenant"),
        json.task("task"),
        json.text("taskType"),
        json.text("queue"),
        json.integer("number", 1),
        json.integer("attempt", 0),
        json.instant("at"),
        json.flag("callback"),
        json.optionalText("reason"));
  }

  /** A sequence as a text of 19 digits, which sorts as the number does. */
  public static String sortable(long sequence) {
    String digits = Long.toString(sequence);
    return "0".repeat(DIGITS - digits.length()) + digits;
  }

  /** The message that announces the event; its headers make it a CloudEvent 1.0 as well. */
  public OutgoingMessage toMessage() {
    String name = id.toString();
    String subject = task.toString();
    String time = at.toString();
    Map<String, String> attributes =
        Map.of(
            "cloudEvents_specversion",
            "1.0",
            "cloudEvents_id",
            name,
            "cloudEvents_source",
            "/legwork",
            "cloudEvents_type",
            "io.legwork." + kind.wireName() + ".v1",
            "cloudEvents_subject",
            subject,
            "cloudEvents_time",
            time,
            "cloudEvents_sequence",
            sortable(sequence));
    return new OutgoingMessage(
        Topology.EXCHANGE_EVENTS,
        Topology.eventKey(kind.name(), taskType),
        name,
        FORMAT,
        traceparent == null ? attributes : traced(attributes, traceparent),
        MessageBody.json(encode(name, subject, time)));
  }

  /** The extension of CloudEvents for tracing, and the header that tracing libraries look for. */
  private static Map<String, String> traced(Map<String, String> attributes, String traceparent) {
    Map<String, String> headers = new HashMap<>(attributes);
    headers.put("cloudEvents_traceparent", traceparent);
    headers.put("traceparent", traceparent);
    return headers;
  }
}
