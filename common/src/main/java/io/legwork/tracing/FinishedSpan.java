package io.legwork.tracing;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A span that is over, as it is exported. It holds nothing of what tasks carry, and nothing that a
 * handler or receiver said: names, numbers, ids and states only.
 *
 * @param context what it is referred to by
 * @param parent the span it is part of, or null if it is the first of its trace
 * @param links other spans that led to it
 * @param attributes what is known of it, {@code error.type} among them if it failed
 * @param failed whether it counts as an error
 */
public record FinishedSpan(
    TraceContext context,
    @Nullable TraceContext parent,
    List<TraceContext> links,
    SpanKind kind,
    String name,
    Instant start,
    Instant end,
    Attributes attributes,
    boolean failed) {

  /** Takes a copy. */
  public FinishedSpan {
    links = List.copyOf(links);
  }
}
