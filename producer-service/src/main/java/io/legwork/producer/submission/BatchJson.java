package io.legwork.producer.submission;

import io.legwork.producer.submission.BatchItem.Refused;
import io.legwork.producer.submission.BatchItem.Taken;
import java.io.ByteArrayOutputStream;
import java.util.List;
import org.springframework.http.HttpStatus;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/** Writes the answer to a batch. */
final class BatchJson {

  private static final JsonMapper JSON = JsonMapper.shared();

  private BatchJson() {}

  static byte[] write(List<BatchItem> items) {
    long accepted = items.stream().filter(Taken.class::isInstance).count();
    var out = new ByteArrayOutputStream(128 * items.size() + 64);
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      json.writeArrayPropertyStart("items");
      items.forEach(item -> write(json, item));
      json.writeEndArray();
      json.writeNumberProperty("accepted", accepted);
      json.writeNumberProperty("refused", items.size() - accepted);
      json.writeEndObject();
    }
    return out.toByteArray();
  }

  private static void write(JsonGenerator json, BatchItem item) {
    json.writeStartObject();
    switch (item) {
      case Taken taken -> {
        json.writeNumberProperty("status", HttpStatus.ACCEPTED.value());
        json.writeStringProperty("id", taken.task().toString());
        json.writeStringProperty("location", SubmissionController.location(taken.task()));
        if (taken.replayed()) {
          json.writeBooleanProperty("replayed", true);
        }
      }
      case Refused refused -> {
        json.writeNumberProperty("status", refused.problem().type().status());
        json.writePOJOProperty("problem", refused.problem().members());
      }
    }
    json.writeEndObject();
  }
}
