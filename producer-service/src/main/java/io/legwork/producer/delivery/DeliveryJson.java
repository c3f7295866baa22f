package io.legwork.producer.delivery;

import io.legwork.ledger.DeliveryAttempt;
import io.legwork.ledger.DeliveryView;
import java.io.ByteArrayOutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/** Writes deliveries as the API shows them. */
final class DeliveryJson {

  private static final JsonMapper JSON = JsonMapper.shared();

  private DeliveryJson() {}

  static byte[] deliveries(List<DeliveryView> deliveries) {
    var out = new ByteArrayOutputStream(512);
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      json.writeArrayPropertyStart("items");
      deliveries.forEach(delivery -> write(json, delivery));
      json.writeEndArray();
      json.writeEndObject();
    }
    return out.toByteArray();
  }

  private static void write(JsonGenerator json, DeliveryView delivery) {
    json.writeStartObject();
    json.writeStringProperty("id", delivery.id().toString());
    json.writeStringProperty("event", delivery.event().toString());
    json.writeStringProperty("type", delivery.kind().wireName());
    json.writeStringProperty("url", delivery.url());
    json.writeStringProperty("state", delivery.state().name());
    json.writeArrayPropertyStart("attempts");
    int number = 1;
    for (DeliveryAttempt attempt : delivery.attempts()) {
      write(json, number++, attempt);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, int number, DeliveryAttempt attempt) {
    json.writeStartObject();
    json.writeNumberProperty("number", number);
    json.writeStringProperty("at", attempt.at().toString());
    json.writeNumberProperty("durationMillis", attempt.duration().toMillis());
    if (attempt.status() != null) {
      json.writeNumberProperty("status", attempt.status());
    }
    text(json, "error", attempt.error());
    text(json, "response", attempt.response());
    json.writeEndObject();
  }

  private static void text(JsonGenerator json, String name, @Nullable String value) {
    if (value != null) {
      json.writeStringProperty(name, value);
    }
  }
}
