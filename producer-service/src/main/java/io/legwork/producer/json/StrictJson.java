package io.legwork.producer.json;

import io.legwork.problems.FieldError;
import io.legwork.problems.Pointer;
import io.legwork.problems.Problem;
import io.legwork.problems.ProblemException;
import io.legwork.problems.ProblemType;
import io.legwork.task.Json;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/** Reads documents from bytes. Thread-safe. */
public final class StrictJson {

  /** How many objects and arrays may be around a value. */
  public static final int MAX_DEPTH = 64;

  private static final int MAX_NUMBER_LENGTH = 1000;
  private static final int MAX_NAME_LENGTH = 4096;
  private static final int MAX_DOCUMENT_LENGTH = 1 << 25;
  private static final int CHECKED_AT_ONCE = 8192;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .disable(TokenStreamFactory.Feature.CHARSET_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxNumberLength(MAX_NUMBER_LENGTH)
                  .maxNameLength(MAX_NAME_LENGTH)
                  .maxStringLength(MAX_DOCUMENT_LENGTH)
                  .maxDocumentLength(MAX_DOCUMENT_LENGTH)
                  .maxTokenCount(MAX_DOCUMENT_LENGTH)
                  .build())
          .build();

  private StrictJson() {}

  /**
   * Reads a document.
   *
   * @throws ProblemException if it is not one well-formed document within bounds
   */
  public static JsonDocument read(byte[] bytes, JsonShape shape) {
    requireUtf8(bytes);
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), bytes)) {
      return read(parser, bytes, shape);
    }
  }

  private static JsonDocument read(JsonParser parser, byte[] bytes, JsonShape shape) {
    var reader = new ValueReader(parser, shape);
    try {
      JsonValue root = reader.document();
      return new JsonDocument(Json.of(bytes), root, List.copyOf(reader.flaws()));
    } catch (JacksonException malformed) {
      throw malformed(describe(malformed), reader.here());
    }
  }

  static ProblemException malformed(String detail, Pointer pointer) {
    return new ProblemException(
        Problem.of(ProblemType.MALFORMED_JSON, new FieldError(detail, pointer)));
  }

  private static String describe(JacksonException malformed) {
    String message =
        malformed
            .getOriginalMessage()
            .replaceAll(",? from `[^`]*`|\\(`JsonReadFeature[^)]*\\)|for type `[^`]*`", "")
            .replaceAll("[\\p{Cntrl}\\p{Cs}]", "?");
    TokenStreamLocation location = malformed.getLocation();
    return malformed instanceof StreamConstraintsException || location == null
        ? message
        : "%s at line %d, column %d"
            .formatted(message, location.getLineNr(), location.getColumnNr());
  }

  /** The parser itself lets some sequences pass that are not UTF-8. */
  private static void requireUtf8(byte[] bytes) {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(Math.clamp(bytes.length, 1, CHECKED_AT_ONCE));
    CoderResult result = CoderResult.OVERFLOW;
    while (result.isOverflow()) {
      result = decoder.decode(in, out.clear(), true);
    }
    if (result.isError()) {
      throw malformed(
          "the bytes at offset %d are not UTF-8".formatted(in.position()), Pointer.ROOT);
    }
  }
}
