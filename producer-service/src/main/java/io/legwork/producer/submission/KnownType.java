package io.legwork.producer.submission;

import io.legwork.task.Json;
import io.legwork.task.TypeDefinition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A task type that can be submitted.
 *
 * @param schema what its payloads have to be like, or null if they may be anything
 */
record KnownType(TypeDefinition definition, @Nullable PayloadSchema schema) {

  private static final Logger LOG = LoggerFactory.getLogger(KnownType.class);

  /**
   * Reads a definition.
   *
   * @param earlier what was known of the type so far: a schema is made only once
   */
  static KnownType of(TypeDefinition definition, @Nullable KnownType earlier) {
    return earlier != null && earlier.definition.equals(definition)
        ? earlier
        : new KnownType(definition, schema(definition));
  }

  /** A schema that cannot be used must not keep tasks out: the handler still judges them. */
  private static @Nullable PayloadSchema schema(TypeDefinition definition) {
    Json schema = definition.payloadSchema();
    if (schema == null) {
      return null;
    }
    try {
      return PayloadSchema.of(schema);
    } catch (RuntimeException unusable) {
      LOG.atWarn()
          .addKeyValue("type", definition.name())
          .addKeyValue("reason", unusable.getMessage())
          .log(
              "type.schema_unusable: payloads are not checked when they are submitted; correct the"
                  + " handler's schema");
      return null;
    }
  }
}
