package io.legwork.notifier.delivery;

import io.legwork.events.EventKind;
import io.legwork.events.TaskEvent;
import io.legwork.ledger.AnnouncedTask;
import io.legwork.ledger.TaskView.Failure;
import io.legwork.task.Json;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes what is told about the event of a task. It is written once, when the delivery is created.
 *
 * <p>It tells the event, not the task as it is now: a task that was started anew in the meantime
 * does not change what is said about its earlier end.
 */
final class EventData {

  /** Larger results are left to be fetched. */
  static final int LARGEST_RESULT = 16 * 1024;

  private static final JsonMapper JSON = JsonMapper.shared();

  private EventData() {}

  /**
   * @param result of the task, if it is to be told
   */
  static Json of(TaskEvent event, AnnouncedTask task, @Nullable Json result) {
    var bytes = new ByteArrayOutputStream(512);
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      writeData(json, event, task, result);
    }
    return Json.of(bytes.toByteArray());
  }

  private static void writeData(
      JsonGenerator json, TaskEvent event, AnnouncedTask task, @Nullable Json result) {
    json.writeStartObject();
    json.writeStringProperty("id", event.task().toString());
    json.writeStringProperty("tenant", event.tenant());
    json.writeStringProperty("type", event.taskType());
    json.writeStringProperty("queue", event.queue());
    json.writeStringProperty("state", event.kind().name());
    json.writeNumberProperty("attempts", event.attempt());
    writeTime(json, "submittedAt", task.submittedAt());
    writeTime(json, "startedAt", task.startedAt());
    writeTime(json, "finishedAt", event.kind().isTerminal() ? event.at() : null);
    if (event.kind() == EventKind.SUCCEEDED) {
      writeResult(json, isStillSo(event, task) ? result : null);
    } else if (event.reason() != null) {
      writeError(json, event, event.reason(), task);
    }
    json.writeStringProperty("url", "/v1/tasks/" + event.task());
    json.writeEndObject();
  }

  private static void writeTime(JsonGenerator json, String name, @Nullable Instant time) {
    if (time != null) {
      json.writeStringProperty(name, time.toString());
    }
  }

  private static void writeResult(JsonGenerator json, @Nullable Json result) {
    if (result != null) {
      json.writeName("result");
      json.writeRawValue(result.text());
    }
  }

  private static void writeError(
      JsonGenerator json, TaskEvent event, String reason, AnnouncedTask task) {
    Failure failure = task.failure();
    json.writeName("error");
    json.writeStartObject();
    json.writeStringProperty("reason", reason);
    json.writeBooleanProperty(
        "permanent", isStillSo(event, task) && failure != null && failure.permanent());
    json.writeNumberProperty("attempt", event.attempt());
    json.writeStringProperty("at", event.at().toString());
    json.writeEndObject();
  }

  private static boolean isStillSo(TaskEvent event, AnnouncedTask task) {
    return task.state().name().equals(event.kind().name());
  }
}
