package io.legwork.notifier.stream;

import io.legwork.events.TaskEvent;
import io.legwork.ledger.TaskView.Progress;
import io.legwork.task.TaskId;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/** Something as it stands in the stream: written once, sent to many. */
final class Frame {

  private static final JsonMapper JSON = JsonMapper.shared();

  /** Of what is not an event of the ledger: whoever comes back is not told it again. */
  private static final long NO_PLACE = 0;

  private final @Nullable TaskEvent event;
  private final long place;
  private final byte[] bytes;

  private Frame(@Nullable TaskEvent event, long place, byte[] bytes) {
    this.event = event;
    this.place = place;
    this.bytes = bytes;
  }

  /** An event. */
  static Frame of(TaskEvent event) {
    String head = "id: %d\nevent: %s\n".formatted(event.sequence(), event.kind().wireName());
    return new Frame(event, event.sequence(), bytes(head, json -> write(json, event)));
  }

  /** How far a task has come. It has no id, so that the reader's place stays what it is. */
  static Frame of(TaskId task, Progress progress) {
    return new Frame(
        null,
        NO_PLACE,
        bytes(
            "event: task.progress\n",
            json -> {
              json.writeStringProperty("task", task.toString());
              json.writeNumberProperty("attempt", progress.attempt());
              json.writeNumberProperty("percent", progress.stage().percent());
              json.writeStringProperty("message", progress.stage().message());
              json.writeStringProperty("at", progress.at().toString());
            }));
  }

  /**
   * Tells that the place the reader asked for is gone: what happened since then cannot be told.
   *
   * @param asked the place the reader asked for
   * @param place after which the stream goes on
   */
  static Frame reset(long asked, long place) {
    return new Frame(
        null,
        NO_PLACE,
        bytes(
            "id: %d\nevent: reset\n".formatted(place),
            json -> {
              json.writeNumberProperty("asked", asked);
              json.writeNumberProperty("after", place);
              json.writeStringProperty("url", "/v1/tasks");
            }));
  }

  /** Whether a stream with the filter shows it. */
  boolean isFor(EventFilter filter) {
    return event == null || filter.shows(event);
  }

  /** Whether a stream with the filter is over after it. */
  boolean ends(EventFilter filter) {
    return event != null && filter.endsWith(event);
  }

  /** Its place among all events, 0 if it has none. */
  long place() {
    return place;
  }

  /** Complete with the blank line that ends it; not a copy. */
  byte[] bytes() {
    return bytes;
  }

  private static byte[] bytes(String head, Consumer<JsonGenerator> members) {
    var bytes = new ByteArrayOutputStream(512);
    bytes.writeBytes(head.getBytes(StandardCharsets.UTF_8));
    bytes.writeBytes("data: ".getBytes(StandardCharsets.US_ASCII));
    bytes.writeBytes(json(members));
    bytes.writeBytes("\n\n".getBytes(StandardCharsets.US_ASCII));
    return bytes.toByteArray();
  }

  private static byte[] json(Consumer<JsonGenerator> members) {
    var bytes = new ByteArrayOutputStream(256);
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      members.accept(json);
      json.writeEndObject();
    }
    return bytes.toByteArray();
  }

  /** As the history of a task shows it, with what tells the task from others. */
  private static void write(JsonGenerator json, TaskEvent event) {
    json.writeStringProperty("id", event.id().toString());
    json.writeNumberProperty("sequence", event.number());
    json.writeStringProperty("type", event.kind().wireName());
    json.writeStringProperty("at", event.at().toString());
    json.writeStringProperty("task", event.task().toString());
    json.writeStringProperty("taskType", event.taskType());
    json.writeStringProperty("queue", event.queue());
    json.writeNumberProperty("attempt", event.attempt());
    if (event.reason() != null) {
      json.writeStringProperty("error", event.reason());
    }
  }
}
