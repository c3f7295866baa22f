package io.legwork.task;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A JSON document as UTF-8 bytes: carried from the submitter to the handler and back without being
 * taken apart on the way. Immutable as long as the given array is not changed, which is the giver's
 * promise; no copy is made because payloads pass through several hands.
 */
public final class Json {

  private final byte[] bytes;

  private Json(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * Wraps a document.
   *
   * @param bytes valid JSON in UTF-8, not changed afterwards
   */
  public static Json of(byte[] bytes) {
    return new Json(bytes);
  }

  /** Wraps a document given as text. */
  public static Json of(String text) {
    return new Json(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The document itself, not a copy. */
  public byte[] bytes() {
    return bytes;
  }

  /** How many bytes the document has. */
  public int size() {
    return bytes.length;
  }

  /** The document as text. */
  public String text() {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Json json && Arrays.equals(bytes, json.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** The size only: payloads do not belong into logs. */
  @Override
  public String toString() {
    return "Json[" + bytes.length + " bytes]";
  }
}
