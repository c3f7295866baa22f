package io.legwork.producer.fairuse;

import io.legwork.ledger.TenantLimits;
import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/** Writes what a tenant may use as the API shows it. */
final class LimitsJson {

  private static final JsonMapper JSON = JsonMapper.shared();

  private LimitsJson() {}

  /**
   * What was said about a tenant, and what holds for it.
   *
   * @param own what was said
   * @param effective with what is configured for all
   */
  static byte[] write(TenantLimits own, TenantLimits effective) {
    var out = new ByteArrayOutputStream(256);
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      write(json, own);
      json.writeObjectPropertyStart("effective");
      write(json, effective);
      json.writeEndObject();
      json.writeEndObject();
    }
    return out.toByteArray();
  }

  private static void write(JsonGenerator json, TenantLimits limits) {
    write(json, "submissionsPerSecond", limits.submissionsPerSecond());
    write(json, "keySubmissionsPerSecond", limits.keySubmissionsPerSecond());
    write(json, "openTasks", limits.openTasks());
    write(json, "payloadBytesPerDay", limits.payloadBytesPerDay());
  }

  private static void write(JsonGenerator json, String name, @Nullable Number value) {
    if (value != null) {
      json.writeNumberProperty(name, value.longValue());
    }
  }
}
