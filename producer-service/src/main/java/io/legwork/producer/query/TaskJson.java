package io.legwork.producer.query;

import io.legwork.events.TaskEvent;
import io.legwork.ledger.AttemptView;
import io.legwork.ledger.TaskView;
import io.legwork.producer.web.Page;
import io.legwork.task.Json;
import io.legwork.task.TaskState;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/** Writes tasks and their history as the API shows them. Results and metadata pass untouched. */
public final class TaskJson {

  private static final JsonMapper JSON = JsonMapper.shared();

  private TaskJson() {}

  /** One task. */
  public static byte[] task(TaskView task) {
    var out = new ByteArrayOutputStream(512);
    try (JsonGenerator json = JSON.createGenerator(out)) {
      write(json, task);
    }
    return out.toByteArray();
  }

  static byte[] tasks(Page<TaskView> page) {
    return page.json(TaskJson::write);
  }

  static byte[] events(List<TaskEvent> events) {
    return Page.whole(events).json(TaskJson::write);
  }

  static byte[] attempts(List<AttemptView> attempts) {
    return Page.whole(attempts).json(TaskJson::write);
  }

  private static void write(JsonGenerator json, TaskView task) {
    json.writeStartObject();
    text(json, "id", task.id().toString());
    text(json, "type", task.type());
    text(json, "queue", task.queue());
    text(json, "priority", task.priority().wireName());
    text(json, "state", task.state().name());
    json.writeNumberProperty("attempts", task.attempts());
    json.writeNumberProperty("maxAttempts", task.maxAttempts());
    time(json, "submittedAt", task.submittedAt());
    time(json, "runAt", runAt(task));
    time(json, "startedAt", task.startedAt());
    time(json, "finishedAt", task.finishedAt());
    time(json, "deadline", task.deadline());
    tags(json, task.tags());
    raw(json, "metadata", task.metadata());
    progress(json, task);
    raw(json, "result", task.result());
    text(json, "resultError", task.resultError());
    error(json, task);
    json.writeEndObject();
  }

  /** Once a task has succeeded, how far it had come at some time tells nothing any more. */
  private static void progress(JsonGenerator json, TaskView task) {
    TaskView.Progress progress = task.progress();
    if (progress != null && task.state() != TaskState.SUCCEEDED) {
      json.writeObjectPropertyStart("progress");
      json.writeNumberProperty("percent", progress.stage().percent());
      text(json, "message", progress.stage().message());
      json.writeNumberProperty("attempt", progress.attempt());
      time(json, "at", progress.at());
      json.writeEndObject();
    }
  }

  /** The time of the next start is worth telling only while there is one to come. */
  private static @Nullable Instant runAt(TaskView task) {
    boolean waits = task.state() == TaskState.SCHEDULED || task.state() == TaskState.RETRYING;
    return waits ? task.readyAt() : null;
  }

  private static void tags(JsonGenerator json, List<String> tags) {
    if (!tags.isEmpty()) {
      json.writeArrayPropertyStart("tags");
      tags.forEach(json::writeString);
      json.writeEndArray();
    }
  }

  private static void error(JsonGenerator json, TaskView task) {
    if (task.failure() != null) {
      json.writeObjectPropertyStart("error");
      text(json, "reason", task.failure().reason());
      json.writeBooleanProperty("permanent", task.failure().permanent());
      json.writeNumberProperty("attempt", task.attempts());
      time(json, "at", task.finishedAt());
      json.writeEndObject();
    }
  }

  private static void write(JsonGenerator json, TaskEvent event) {
    json.writeStartObject();
    text(json, "id", event.id().toString());
    json.writeNumberProperty("sequence", event.number());
    text(json, "type", event.kind().wireName());
    time(json, "at", event.at());
    json.writeNumberProperty("attempt", event.attempt());
    text(json, "error", event.reason());
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, AttemptView attempt) {
    json.writeStartObject();
    json.writeNumberProperty("attempt", attempt.number());
    text(json, "state", attempt.state().name());
    time(json, "startedAt", attempt.startedAt());
    time(json, "endedAt", attempt.endedAt());
    text(json, "error", attempt.reason());
    text(json, "worker", attempt.worker() == null ? null : attempt.worker().toString());
    json.writeEndObject();
  }

  private static void text(JsonGenerator json, String name, @Nullable String value) {
    if (value != null) {
      json.writeStringProperty(name, value);
    }
  }

  private static void time(JsonGenerator json, String name, @Nullable Instant value) {
    text(json, name, value == null ? null : value.toString());
  }

  private static void raw(JsonGenerator json, String name, @Nullable Json value) {
    if (value != null) {
      json.writeName(name);
      json.writeRawValue(value.text());
    }
  }
}
