package io.legwork.tracing;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A span as others refer to it: W3C Trace Context, version 00.
 *
 * @param traceId 32 hexadecimal digits in lower case
 * @param spanId 16 of them
 * @param flags 2 of them; passed on as they came
 */
public record TraceContext(String traceId, String spanId, String flags) {

  private static final Pattern VALID =
      Pattern.compile("00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");

  /** Those of a trace that was begun here: sampled, and its id is random (level 2). */
  static final String NEW_FLAGS = "03";

  private static final int LENGTH = 55;
  private static final int SAMPLED = 1;

  /** Whether a text is a {@code traceparent} that can be passed on. */
  public static boolean isValid(@Nullable String traceparent) {
    return traceparent != null && VALID.matcher(traceparent).matches();
  }

  /**
   * Whether a valid {@code traceparent} says that its trace is recorded. It allocates nothing: it
   * is asked for every task.
   */
  public static boolean isSampled(String traceparent) {
    return traceparent.length() == LENGTH
        && (Character.digit(traceparent.charAt(LENGTH - 1), 16) & SAMPLED) == SAMPLED;
  }

  /** Reads a valid {@code traceparent}. */
  public static TraceContext of(String traceparent) {
    return new TraceContext(
        traceparent.substring(3, 35), traceparent.substring(36, 52), traceparent.substring(53));
  }

  /** Another span of the same trace. */
  public TraceContext span(String id) {
    return new TraceContext(traceId, id, flags);
  }

  /** How it is passed on. */
  public String traceparent() {
    return "00-" + traceId + '-' + spanId + '-' + flags;
  }
}
