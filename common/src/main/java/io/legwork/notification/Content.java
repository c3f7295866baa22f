package io.legwork.notification;

import io.legwork.events.TaskEvent;
import io.legwork.subscription.BodyFormat;
import io.legwork.task.Json;
import java.io.ByteArrayOutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/**
 * A notification as it is sent: written once, so that every attempt sends the same bytes.
 *
 * @param headers those that describe the body, and the trace it belongs to, in order
 */
public record Content(Map<String, String> headers, Json body) {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String CONTENT_TYPE = "content-type";
  private static final String TRACEPARENT = "traceparent";
  private static final String SOURCE = "/legwork";

  /** Writes a notification. */
  public static Content of(Notification notification, BodyFormat format) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put(
        CONTENT_TYPE,
        format == BodyFormat.CLOUDEVENTS
            ? "application/cloudevents+json; charset=utf-8"
            : "application/json");
    if (notification.traceparent() != null) {
      headers.put(TRACEPARENT, notification.traceparent());
    }
    return switch (format) {
      case STANDARD -> new Content(headers, standard(notification));
      case CLOUDEVENTS -> new Content(headers, structured(notification));
      case CLOUDEVENTS_BINARY -> {
        attributes(notification).forEach((name, value) -> headers.put("ce-" + name, value));
        yield new Content(headers, notification.data());
      }
    };
  }

  private static Json standard(Notification notification) {
    var bytes = new ByteArrayOutputStream(512);
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeStringProperty("type", notification.type());
      json.writeStringProperty("timestamp", notification.at().toString());
      json.writeName("data");
      json.writeRawValue(notification.data().text());
      json.writeEndObject();
    }
    return Json.of(bytes.toByteArray());
  }

  private static Json structured(Notification notification) {
    var bytes = new ByteArrayOutputStream(512);
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      attributes(notification).forEach(json::writeStringProperty);
      json.writeStringProperty("datacontenttype", "application/json");
      json.writeName("data");
      json.writeRawValue(notification.data().text());
      json.writeEndObject();
    }
    return Json.of(bytes.toByteArray());
  }

  /** The attributes of CloudEvents 1.0, with its extensions; all of them are printable ASCII. */
  private static Map<String, String> attributes(Notification notification) {
    Map<String, String> attributes = new LinkedHashMap<>();
    attributes.put("specversion", "1.0");
    attributes.put("id", notification.id().toString());
    attributes.put("source", SOURCE);
    attributes.put("type", "io.legwork." + notification.type() + ".v1");
    attributes.put("subject", notification.subject());
    attributes.put("time", notification.at().toString());
    if (notification.sequence() > 0) {
      attributes.put("sequence", TaskEvent.sortable(notification.sequence()));
    }
    if (notification.traceparent() != null) {
      attributes.put(TRACEPARENT, notification.traceparent());
    }
    return attributes;
  }
}
