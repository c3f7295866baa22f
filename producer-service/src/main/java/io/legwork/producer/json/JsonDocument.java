package io.legwork.producer.json;

import io.legwork.problems.FieldError;
import io.legwork.task.Json;
import java.util.Arrays;
import java.util.List;

/**
 * A document that is well-formed.
 *
 * @param text the document itself
 * @param root its value
 * @param flaws text in it that is well-formed but cannot be stored
 */
public record JsonDocument(Json text, JsonValue root, List<Flaw> flaws) {

  /**
   * Text that cannot be stored.
   *
   * @param offset where in the document
   */
  public record Flaw(int offset, FieldError error) {}

  /** The bytes of a value of this document. */
  public Json slice(JsonValue value) {
    return Json.of(Arrays.copyOfRange(text.bytes(), value.start(), value.end()));
  }

  /** The flaws within a value of this document. */
  public List<FieldError> flawsIn(JsonValue value) {
    return flaws.stream()
        .filter(flaw -> flaw.offset() >= value.start() && flaw.offset() < value.end())
        .map(Flaw::error)
        .toList();
  }
}
