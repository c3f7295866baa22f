package io.legwork.handler.runtime;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Writes and reads what a handler keeps for its next attempt. */
public final class Checkpoints {

  /** The largest checkpoint, in bytes of JSON. */
  public static final int LARGEST = 64 * 1024;

  /**
   * Forgiving, because the attempt that reads may be of a newer version than the one that wrote.
   */
  private static final JsonMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private Checkpoints() {}

  /**
   * Writes a checkpoint as JSON in UTF-8.
   *
   * @throws IllegalArgumentException if that cannot be done, or has more than {@link #LARGEST}
   *     bytes
   */
  public static byte[] write(Object value) {
    try {
      byte[] written = JSON.writeValueAsBytes(value);
      if (written.length > LARGEST) {
        throw new IllegalArgumentException(
            "The checkpoint has %,d bytes of JSON; at most %,d are kept. Keep it elsewhere and"
                    .formatted(written.length, LARGEST)
                + " checkpoint where.");
      }
      return written;
    } catch (JacksonException unwritable) {
      throw new IllegalArgumentException(
          "The checkpoint cannot be written as JSON: " + unwritable.getOriginalMessage(),
          unwritable);
    }
  }

  /**
   * Reads a checkpoint.
   *
   * @throws IllegalArgumentException if it is not of that type
   */
  public static <T> T read(byte[] checkpoint, Class<T> type) {
    try {
      return JSON.readValue(checkpoint, type);
    } catch (JacksonException misfit) {
      throw new IllegalArgumentException(
          "The checkpoint is no %s: %s"
              .formatted(type.getSimpleName(), misfit.getOriginalMessage()),
          misfit);
    }
  }
}
