package io.legwork.worker.handlers;

import io.legwork.handler.Backoff;
import io.legwork.handler.Handles;
import io.legwork.task.Json;
import io.legwork.task.RetryPolicy;
import io.legwork.task.TypeDefinition;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;

/**
 * What is declared of a handler.
 *
 * @param type what holds for its tasks
 * @param concurrency how many of its tasks one worker runs at the same time; 0 for the worker's
 *     default
 * @param cpuBound whether it has to run on a platform thread because it keeps a core busy
 * @param longRunning whether its tasks take long enough to let go of the message at once
 */
public record Declaration(
    TypeDefinition type, int concurrency, boolean cpuBound, boolean longRunning) {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*");
  private static final int LONGEST_NAME = 100;

  /** Refuses what no task could be submitted for, or run with. */
  public Declaration {
    String name = type.name();
    if (name.length() > LONGEST_NAME || !NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          ("the task type '%s' is not made of letters, digits, '_' and '-' in parts joined by dots,"
                  + " %d characters at most")
              .formatted(name, LONGEST_NAME));
    }
    if (concurrency < 0) {
      throw new IllegalArgumentException("its concurrency is negative: " + concurrency);
    }
  }

  /**
   * What an annotation declares.
   *
   * @param schema the JSON Schema of the payload, or null
   * @throws IllegalArgumentException if that makes no sense
   */
  static Declaration of(Handles handles, @Nullable String schema) {
    TypeDefinition type =
        new TypeDefinition(
            handles.value(),
            schema == null ? null : Json.of(schema),
            duration(handles.timeout()),
            handles.maxAttempts() == 0 ? null : handles.maxAttempts(),
            retry(handles.backoff()));
    return new Declaration(type, handles.concurrency(), handles.cpuBound(), handles.longRunning());
  }

  private static @Nullable RetryPolicy retry(Backoff backoff) {
    return retry(
        duration(backoff.initial()),
        duration(backoff.max()),
        backoff.factor() == 0 ? null : backoff.factor());
  }

  /**
   * A retry policy of which some parts are declared.
   *
   * @return null if none is
   * @throws IllegalArgumentException if they make no sense
   */
  public static @Nullable RetryPolicy retry(
      @Nullable Duration initial, @Nullable Duration max, @Nullable Double factor) {
    if (initial == null && max == null && factor == null) {
      return null;
    }
    RetryPolicy standard = RetryPolicy.DEFAULT;
    Duration first = initial != null ? initial : shorter(standard.initial(), max);
    Duration bound = max != null ? max : longer(standard.max(), first);
    return new RetryPolicy(first, bound, factor != null ? factor : standard.factor());
  }

  private static Duration shorter(Duration one, @Nullable Duration other) {
    return other == null || one.compareTo(other) <= 0 ? one : other;
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) >= 0 ? one : other;
  }

  /**
   * A declared duration such as {@code 30s} or {@code PT30S}.
   *
   * @return null if the text is empty
   * @throws IllegalArgumentException if it is none
   */
  public static @Nullable Duration duration(String text) {
    if (text.isEmpty()) {
      return null;
    }
    try {
      return DurationStyle.detectAndParse(text);
    } catch (IllegalArgumentException unreadable) {
      throw new IllegalArgumentException(
          "'" + text + "' is no duration such as 30s, 250ms or PT30S", unreadable);
    }
  }
}
