package io.legwork.producer.delivery;

import io.legwork.ledger.DeliveryAttempt;
import io.legwork.ledger.DeliveryView;
import io.legwork.ledger.NewDelivery;
import io.legwork.producer.web.Page;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/** Writes deliveries as the API shows them. */
final class DeliveryJson {

  private static final JsonMapper JSON = JsonMapper.shared();

  private DeliveryJson() {}

  /** Deliveries with their attempts. */
  static byte[] deliveries(List<DeliveryView> deliveries) {
    return Page.whole(deliveries).json((json, delivery) -> write(json, delivery, true));
  }

  /** A page of deliveries without their attempts. */
  static byte[] page(Page<DeliveryView> page) {
    return page.json((json, delivery) -> write(json, delivery, false));
  }

  /** One delivery with its attempts. */
  static byte[] delivery(DeliveryView delivery) {
    return object(json -> members(json, delivery, true));
  }

  static byte[] redelivered(int count, boolean more) {
    return object(json -> {
      json.writeNumberProperty("redelivered", count);
      json.writeBooleanProperty("more", more);
    });
  }

  private static byte[] object(Consumer<JsonGenerator> members) {
    var out = new ByteArrayOutputStream(512);
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      members.accept(json);
      json.writeEndObject();
    }
    return out.toByteArray();
  }

  private static void write(JsonGenerator json, DeliveryView delivery, boolean withAttempts) {
    json.writeStartObject();
    members(json, delivery, withAttempts);
    json.writeEndObject();
  }

  private static void members(JsonGenerator json, DeliveryView delivery, boolean withAttempts) {
    json.writeStringProperty("id", delivery.id().toString());
    json.writeStringProperty("event", delivery.event().toString());
    json.writeStringProperty("type", delivery.type());
    if (delivery.task() != null) {
      json.writeStringProperty("task", delivery.task().toString());
    }
    if (!delivery.name().equals(NewDelivery.CALLBACK)) {
      json.writeStringProperty("subscription", delivery.name());
    }
    json.writeStringProperty("url", withoutQuery(delivery.url()));
    json.writeStringProperty("state", delivery.state().name());
    json.writeStringProperty("createdAt", delivery.createdAt().toString());
    time(json, "endedAt", delivery.endedAt());
    time(json, "nextAttemptAt", delivery.nextAttemptAt());
    json.writeNumberProperty("attemptCount", delivery.attemptCount());
    if (withAttempts) {
      json.writeArrayPropertyStart("attempts");
      int number = 1;
      for (DeliveryAttempt attempt : delivery.attempts()) {
        write(json, number++, attempt);
      }
      json.writeEndArray();
    }
  }

  /** Some put secrets there, and the log of deliveries is for whoever may read. */
  private static String withoutQuery(String url) {
    int query = url.indexOf('?');
    return query < 0 ? url : url.substring(0, query) + "?…";
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
    text(json, "request", attempt.request());
    text(json, "responseHead", attempt.responseHead());
    text(json, "response", attempt.response());
    json.writeEndObject();
  }

  private static void time(JsonGenerator json, String name, @Nullable Instant time) {
    text(json, name, time == null ? null : time.toString());
  }

  private static void text(JsonGenerator json, String name, @Nullable String value) {
    if (value != null) {
      json.writeStringProperty(name, value);
    }
  }
}
