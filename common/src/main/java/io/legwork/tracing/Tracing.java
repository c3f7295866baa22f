package io.legwork.tracing;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.IdGenerator;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Decides what is traced, and takes the spans of it. Whether a trace is recorded is decided once,
 * by its {@code traceparent}, or here where a request brings none; everybody after that asks {@link
 * #follows} and does nothing if not. Spans are written when they are over, so that a task that is
 * not traced has none. Thread-safe.
 */
public final class Tracing implements AutoCloseable {

  /** Records nothing. */
  public static final Tracing OFF = new Tracing(null, 0, RandomGenerator::getDefault);

  private final @Nullable SpanExport export;
  private final double sampling;
  private final Supplier<? extends RandomGenerator> random;

  /**
   * @param export where spans go, or null if nobody wants them
   * @param sampling which share of requests without a {@code traceparent} begin a trace, 0 to 1
   */
  Tracing(
      @Nullable SpanExport export, double sampling, Supplier<? extends RandomGenerator> random) {
    this.export = export;
    this.sampling = sampling;
    this.random = random;
  }

  /** Whether spans go anywhere. */
  public boolean isOn() {
    return export != null;
  }

  /** Whether spans are recorded of what belongs to a trace; null belongs to none. */
  public boolean follows(@Nullable String traceparent) {
    return export != null && traceparent != null && TraceContext.isSampled(traceparent);
  }

  /**
   * The span of a request, if it is to be recorded: part of its caller's trace, or the first of a
   * new one.
   *
   * @param traceparent the caller's, valid, or null if there is none
   */
  public @Nullable TraceContext begin(@Nullable String traceparent) {
    if (traceparent != null) {
      return follows(traceparent) ? within(traceparent) : null;
    }
    return export != null && random.get().nextDouble() < sampling
        ? new TraceContext(
            IdGenerator.random().generateTraceId(), newSpanId(), TraceContext.NEW_FLAGS)
        : null;
  }

  /** A new span of a trace that is followed. */
  public TraceContext within(String traceparent) {
    return TraceContext.of(traceparent).span(newSpanId());
  }

  private static String newSpanId() {
    return IdGenerator.random().generateSpanId();
  }

  /** Takes a span; never waits and never fails. */
  public void record(FinishedSpan span) {
    if (export != null) {
      export.record(span);
    }
  }

  /**
   * Work that is part of a span as far as libraries of OpenTelemetry are concerned: what it traces
   * itself becomes part of it, too.
   */
  public static Runnable inside(TraceContext span, Runnable work) {
    return Context.root().with(Span.wrap(SpanExport.spanContext(span))).wrap(work);
  }

  /** Sends what is left, if the collector takes it soon. */
  @Override
  public void close() {
    if (export != null) {
      export.close();
    }
  }
}
