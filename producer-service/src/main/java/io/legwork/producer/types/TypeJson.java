package io.legwork.producer.types;

import io.legwork.ledger.TypeView;
import io.legwork.task.RetryPolicy;
import io.legwork.task.TypeDefinition;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/** Writes task types as the API shows them. Schemas pass untouched. */
final class TypeJson {

  private static final JsonMapper JSON = JsonMapper.shared();

  private TypeJson() {}

  static byte[] types(List<TypeView> types) {
    var out = new ByteArrayOutputStream(4096);
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      json.writeArrayPropertyStart("items");
      types.forEach(type -> write(json, type));
      json.writeEndArray();
      json.writeEndObject();
    }
    return out.toByteArray();
  }

  private static void write(JsonGenerator json, TypeView type) {
    TypeDefinition definition = type.definition();
    json.writeStartObject();
    json.writeStringProperty("type", definition.name());
    json.writeNumberProperty("workers", type.workers());
    duration(json, "timeout", definition.timeout());
    if (definition.maxAttempts() != null) {
      json.writeNumberProperty("maxAttempts", definition.maxAttempts());
    }
    retry(json, definition.retry());
    if (definition.payloadSchema() != null) {
      json.writeName("payloadSchema");
      json.writeRawValue(definition.payloadSchema().text());
    }
    json.writeEndObject();
  }

  private static void retry(JsonGenerator json, @Nullable RetryPolicy retry) {
    if (retry != null) {
      json.writeObjectPropertyStart("retry");
      duration(json, "initial", retry.initial());
      duration(json, "max", retry.max());
      json.writeNumberProperty("factor", retry.factor());
      json.writeEndObject();
    }
  }

  private static void duration(JsonGenerator json, String name, @Nullable Duration value) {
    if (value != null) {
      json.writeStringProperty(name, value.toString());
    }
  }
}
