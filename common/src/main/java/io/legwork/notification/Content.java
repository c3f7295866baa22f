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
 * @param headers those that describe the body, in order
 */
public record Content(Map<String, String> headers, Json body) {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String CONTENT_TYPE = "content-type";
  private static final String SOURCE = "/legwork";

  /** Writes a notification. */
  public static Content of(Notification notification, BodyFormat format) {
    return switch (format) {
      case STANDARD ->
          new Content(Map.of(CONTENT_TYPE, "application/json"), standard(notification));
      case CLOUDEVENTS ->
          new Content(
              Map.of(CONTENT_TYPE, "application/cloudevents+json; charset=utf-8"),
              structured(notification));
      case CLOUDEVENTS_BINARY -> new Content(binary(notification), notification.data());
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

  private static Map<String, String> binary(Notification notification) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put(CONTENT_TYPE, "application/json");
    attributes(notification).forEach((name, value) -> headers.put("ce-" + name, value));
    return headers;
  }

  /** The attributes of CloudEvents 1.0; all of them are printable ASCII. */
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
    return attributes;
  }
}
