package io.legwork.task;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A JSON document as the ledger keeps it: as it is, or sealed so that only who has the key can read
 * it. Immutable as long as the given array is not changed, which is the giver's promise.
 */
public final class KeptJson {

  /** What every sealed document begins with, and no JSON text can (RFC 8259, section 2). */
  public static final byte SEALED = 1;

  private final byte[] bytes;

  private KeptJson(byte[] bytes) {
    this.bytes = bytes;
  }

  /** A document that is kept as it is. */
  public static KeptJson plain(Json document) {
    return new KeptJson(document.bytes());
  }

  /**
   * What was kept.
   *
   * @param bytes not changed afterwards
   */
  public static KeptJson of(byte[] bytes) {
    return new KeptJson(bytes);
  }

  /** What was kept, or null for nothing. */
  public static @Nullable KeptJson ofNullable(byte @Nullable [] bytes) {
    return bytes == null ? null : new KeptJson(bytes);
  }

  /** Whether it takes a key to read it. */
  public boolean isSealed() {
    return bytes.length > 0 && bytes[0] == SEALED;
  }

  /** What is kept, not a copy. */
  public byte[] bytes() {
    return bytes;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof KeptJson kept && Arrays.equals(bytes, kept.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** The size only: payloads do not belong into logs. */
  @Override
  public String toString() {
    return "KeptJson[" + bytes.length + " bytes" + (isSealed() ? ", sealed]" : "]");
  }
}
