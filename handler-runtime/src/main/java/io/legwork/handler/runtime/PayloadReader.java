package io.legwork.handler.runtime;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.MutableCoercionConfig;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.LogicalType;

/**
 * Reads payloads into the type a handler asks for. Strict: what the type does not know is refused
 * and nothing is converted silently, so that a misspelt field is an error and not a default.
 *
 * @param <P> the type read into
 */
final class PayloadReader<P> {

  static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .withCoercionConfig(LogicalType.Textual, PayloadReader::refuseOtherScalars)
          .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
          .build();

  private final JavaType type;

  PayloadReader(JavaType type) {
    this.type = type;
  }

  private static void refuseOtherScalars(MutableCoercionConfig text) {
    text.setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail)
        .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
        .setCoercion(CoercionInputShape.Float, CoercionAction.Fail);
  }

  /**
   * Reads a payload.
   *
   * @throws IllegalArgumentException if it does not fit; the message says where and why
   */
  P read(byte[] json) {
    try {
      P payload = MAPPER.readValue(json, type);
      if (payload == null) {
        throw new IllegalArgumentException("#/payload: expected a value, not null");
      }
      return payload;
    } catch (JacksonException e) {
      throw new IllegalArgumentException(PayloadProblem.describe(e), e);
    }
  }
}
