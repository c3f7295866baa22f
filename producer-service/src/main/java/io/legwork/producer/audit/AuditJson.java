package io.legwork.producer.audit;

import io.legwork.ledger.AuditVerification;
import io.legwork.ledger.AuditView;
import io.legwork.ledger.AuditedAction;
import io.legwork.producer.web.Page;
import java.io.ByteArrayOutputStream;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/** Writes the audit log as the API shows it. */
final class AuditJson {

  private static final JsonMapper JSON = JsonMapper.shared();

  private AuditJson() {}

  static byte[] page(Page<AuditView> page) {
    return page.json(AuditJson::write);
  }

  private static void write(JsonGenerator json, AuditView view) {
    AuditedAction action = view.action();
    json.writeStartObject();
    json.writeStringProperty("id", action.id().toString());
    json.writeStringProperty("at", view.at().toString());
    json.writeObjectPropertyStart("actor");
    json.writeStringProperty("key", action.key().toString());
    json.writeStringProperty("name", action.name());
    json.writeEndObject();
    json.writeStringProperty("source", action.source());
    json.writeStringProperty("operation", action.operation());
    json.writeStringProperty("target", action.target());
    if (view.created() != null) {
      json.writeStringProperty("created", view.created());
    }
    if (view.status() != null && view.endedAt() != null) {
      json.writeNumberProperty("status", view.status());
      json.writeStringProperty("endedAt", view.endedAt().toString());
    }
    json.writeEndObject();
  }

  static byte[] verification(AuditVerification verification) {
    var out = new ByteArrayOutputStream(256);
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      json.writeBooleanProperty("intact", verification.broken() == null);
      json.writeNumberProperty("entries", verification.entries());
      json.writeStringProperty("head", verification.head());
      if (verification.broken() != null) {
        json.writeStringProperty("broken", verification.broken());
      }
      json.writeEndObject();
    }
    return out.toByteArray();
  }
}
