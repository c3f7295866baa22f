package io.legwork.producer.keys;

import io.legwork.access.ApiKey;
import io.legwork.access.KeyText;
import io.legwork.access.Role;
import io.legwork.access.Tenant;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/** Writes keys as the API shows them: without the key, but once. */
final class KeyJson {

  private static final JsonMapper JSON = JsonMapper.shared();

  private KeyJson() {}

  /**
   * @param secret shown this once, or null
   */
  static byte[] key(ApiKey key, @Nullable KeyText secret) {
    var out = new ByteArrayOutputStream(512);
    try (JsonGenerator json = JSON.createGenerator(out)) {
      write(json, key, secret);
    }
    return out.toByteArray();
  }

  /**
   * @param next where the next page begins, or null if this is the last one
   */
  static byte[] keys(List<ApiKey> keys, @Nullable String next) {
    var out = new ByteArrayOutputStream(1024);
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      json.writeArrayPropertyStart("items");
      keys.forEach(key -> write(json, key, null));
      json.writeEndArray();
      if (next != null) {
        json.writeStringProperty("nextCursor", next);
      }
      json.writeEndObject();
    }
    return out.toByteArray();
  }

  /**
   * @param next where the next page begins, or null if this is the last one
   */
  static byte[] tenants(List<Tenant> tenants, @Nullable String next) {
    var out = new ByteArrayOutputStream(1024);
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      json.writeArrayPropertyStart("items");
      for (Tenant tenant : tenants) {
        json.writeStartObject();
        json.writeStringProperty("name", tenant.name());
        json.writeStringProperty("since", tenant.since().toString());
        json.writeNumberProperty("keys", tenant.keys());
        json.writeEndObject();
      }
      json.writeEndArray();
      if (next != null) {
        json.writeStringProperty("nextCursor", next);
      }
      json.writeEndObject();
    }
    return out.toByteArray();
  }

  private static void write(JsonGenerator json, ApiKey key, @Nullable KeyText secret) {
    json.writeStartObject();
    json.writeStringProperty("id", key.id().toString());
    json.writeStringProperty("name", key.settings().name());
    json.writeStringProperty("tenant", key.tenant());
    texts(json, "roles", key.settings().roles().stream().sorted().map(Role::wireName).toList());
    texts(json, "types", key.settings().scope().types().stream().sorted().toList());
    texts(json, "queues", key.settings().scope().queues().stream().sorted().toList());
    json.writeStringProperty("createdAt", key.createdAt().toString());
    time(json, "expiresAt", key.expiresAt());
    time(json, "lastUsedAt", key.lastUsedAt());
    if (secret != null) {
      json.writeStringProperty("key", secret.secret());
    }
    json.writeEndObject();
  }

  private static void texts(JsonGenerator json, String name, List<String> values) {
    json.writeArrayPropertyStart(name);
    values.forEach(json::writeString);
    json.writeEndArray();
  }

  private static void time(JsonGenerator json, String name, @Nullable Instant time) {
    if (time != null) {
      json.writeStringProperty(name, time.toString());
    }
  }
}
