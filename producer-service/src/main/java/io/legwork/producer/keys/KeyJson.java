package io.legwork.producer.keys;

import io.legwork.access.ApiKey;
import io.legwork.access.KeyText;
import io.legwork.access.Role;
import io.legwork.access.Tenant;
import io.legwork.producer.web.Page;
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

  static byte[] keys(Page<ApiKey> page) {
    return page.json((json, key) -> write(json, key, null));
  }

  static byte[] tenants(Page<Tenant> page) {
    return page.json(KeyJson::write);
  }

  private static void write(JsonGenerator json, Tenant tenant) {
    json.writeStartObject();
    json.writeStringProperty("name", tenant.name());
    json.writeStringProperty("since", tenant.since().toString());
    json.writeNumberProperty("keys", tenant.keys());
    json.writeEndObject();
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
