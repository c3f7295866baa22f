package io.legwork.tracing;

import io.opentelemetry.sdk.trace.IdGenerator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Gives spans the ids they were promised: they are written when they are over, and others have
 * heard of them before. Thread-safe.
 */
final class GivenIds implements IdGenerator {

  private static final ThreadLocal<@Nullable TraceContext> NEXT = new ThreadLocal<>();

  /** Spans that are started meanwhile, by this thread, are the one that is meant. */
  void during(TraceContext meant, Runnable start) {
    NEXT.set(meant);
    try {
      start.run();
    } finally {
      NEXT.remove();
    }
  }

  @Override
  public String generateSpanId() {
    return meant().spanId();
  }

  @Override
  public String generateTraceId() {
    return meant().traceId();
  }

  private TraceContext meant() {
    return Objects.requireNonNull(NEXT.get(), "a span was started without an id");
  }
}
