package io.legwork.notifier.stream;

import io.legwork.events.TaskEvent;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/** An event as it stands in the stream: written once, sent to many. */
final class Frame {

  private static final JsonMapper JSON = JsonMapper.shared();

  private final TaskEvent event;
  private final byte[] bytes;

  private Frame(TaskEvent event, byte[] bytes) {
    this.event = event;
    this.bytes = bytes;
  }

  static Frame of(TaskEvent event) {
    String head = "id: %d\nevent: %s\ndata: ".formatted(event.sequence(), event.kind().wireName());
    var bytes = new ByteArrayOutputStream(512);
    bytes.writeBytes(head.getBytes(StandardCharsets.UTF_8));
    bytes.writeBytes(json(event));
    bytes.writeBytes("\n\n".getBytes(StandardCharsets.UTF_8));
    return new Frame(event, bytes.toByteArray());
  }

  TaskEvent event() {
    return event;
  }

  /** Complete with the blank line that ends it; not a copy. */
  byte[] bytes() {
    return bytes;
  }

  /** As the history of a task shows it, with what tells the task from others. */
  private static byte[] json(TaskEvent event) {
    var bytes = new ByteArrayOutputStream(256);
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
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
      json.writeEndObject();
    }
    return bytes.toByteArray();
  }
}
