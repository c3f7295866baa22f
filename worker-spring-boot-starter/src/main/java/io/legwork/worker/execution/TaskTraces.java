package io.legwork.worker.execution;

import org.jspecify.annotations.Nullable;

/**
 * The trace of the task that is being measured, as its submitter gave it ({@code traceparent} of
 * W3C Trace Context): histograms keep it as an exemplar, which leads from a slow bucket to the
 * trace of a task in it. Thread-safe.
 */
final class TaskTraces {

  private static final ThreadLocal<@Nullable Trace> CURRENT = new ThreadLocal<>();

  private TaskTraces() {}

  /** What an exemplar tells. */
  record Trace(String traceId, String spanId, boolean sampled) {

    private static final int SAMPLED = 1;

    /** Reads a value that was checked when the task was submitted; null if it cannot be one. */
    static @Nullable Trace of(String traceparent) {
      String[] parts = traceparent.split("-", 5);
      return parts.length < 4 || parts[3].length() != 2
          ? null
          : new Trace(
              parts[1], parts[2], (Character.digit(parts[3].charAt(1), 16) & SAMPLED) == SAMPLED);
    }
  }

  /** The trace of what this thread is measuring, null if it has none. */
  static @Nullable Trace current() {
    return CURRENT.get();
  }

  /** Measures something for a task. */
  static void during(@Nullable String traceparent, Runnable measuring) {
    if (traceparent == null) {
      measuring.run();
      return;
    }
    CURRENT.set(Trace.of(traceparent));
    try {
      measuring.run();
    } finally {
      CURRENT.remove();
    }
  }
}
