package io.legwork.worker.execution;

import io.legwork.task.Json;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Writes and reads what a handler keeps for its next attempt. */
final class Checkpoints {

  /** The largest checkpoint, in bytes of JSON. */
  static final int LARGEST = 64 * 1024;

  /**
   * Forgiving, because the attempt that reads may be of a newer version than the one that wrote.
   */
  private static final JsonMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private Checkpoints() {}

  static Json write(Object value) {
    try {
      byte[] written = JSON.writeValueAsBytes(value);
      if (written.length > LARGEST) {
        throw new IllegalArgumentException(
            "The checkpoint has %,d bytes of JSON; at most %,d are kept. Keep it elsewhere and"
                    .formatted(written.length, LARGEST)
                + " checkpoint where.");
      }
      return Json.of(written);
    } catch (JacksonException unwritable) {
      throw new IllegalArgumentException(
          "The checkpoint cannot be written as JSON: " + unwritable.getOriginalMessage(),
          unwritable);
    }
  }

  static <T> T read(Json checkpoint, Class<T> type) {
    try {
      return JSON.readValue(checkpoint.bytes(), type);
    } catch (JacksonException misfit) {
      throw new IllegalArgumentException(
          "The checkpoint is no %s: %s"
              .formatted(type.getSimpleName(), misfit.getOriginalMessage()),
          misfit);
    }
  }
}
