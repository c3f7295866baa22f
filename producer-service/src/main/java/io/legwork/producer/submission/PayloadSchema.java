package io.legwork.producer.submission;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.path.NodePath;
import com.networknt.schema.path.PathType;
import io.legwork.problems.FieldError;
import io.legwork.problems.Pointer;
import io.legwork.task.Json;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the payloads of a task type have to be like. Refers to nothing outside itself: nothing is
 * ever fetched. Thread-safe.
 */
final class PayloadSchema {

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private static final SchemaRegistryConfig CONFIG =
      SchemaRegistryConfig.builder()
          .pathType(PathType.JSON_POINTER)
          .locale(Locale.ROOT)
          .formatAssertionsEnabled(false)
          .build();

  private final Schema schema;

  private PayloadSchema(Schema schema) {
    this.schema = schema;
  }

  /**
   * Reads a schema.
   *
   * @throws RuntimeException if it is none
   */
  static PayloadSchema of(Json json) {
    SchemaRegistry registry =
        SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12, builder -> builder.schemaRegistryConfig(CONFIG));
    Schema schema = registry.getSchema(JSON.readTree(json.bytes()));
    schema.initializeValidators();
    return new PayloadSchema(schema);
  }

  /**
   * What is wrong with a payload.
   *
   * @param pointer points to the payload
   */
  List<FieldError> errors(Json payload, Pointer pointer) {
    return schema.validate(JSON.readTree(payload.bytes())).stream()
        .map(error -> new FieldError(detail(error), within(pointer, error)))
        .toList();
  }

  private static String detail(Error error) {
    return switch (error.getKeyword()) {
      case "additionalProperties" -> "is not a field that the handler knows";
      case "required" -> "is missing";
      default -> plain(error.getMessage());
    };
  }

  /** The library begins its messages with the place, which is told apart here. */
  private static String plain(String message) {
    int end = message.indexOf(": ");
    return message.startsWith("/") && end > 0 ? message.substring(end + 2) : message;
  }

  private static Pointer within(Pointer payload, Error error) {
    Pointer pointer = payload;
    NodePath path = error.getInstanceLocation();
    for (int i = 0; i < path.getNameCount(); i++) {
      pointer = pointer.child(String.valueOf(path.getElement(i)));
    }
    return error.getProperty() == null ? pointer : pointer.child(error.getProperty());
  }
}
