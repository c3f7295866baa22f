package io.legwork.worker.execution;

import io.legwork.worker.execution.TaskTraces.Trace;
import io.prometheus.metrics.tracer.common.SpanContext;
import org.jspecify.annotations.Nullable;

/** Shows the traces of tasks to Prometheus' client, which takes some of them as exemplars. */
final class TaskExemplars implements SpanContext {

  @Override
  public @Nullable String getCurrentTraceId() {
    Trace trace = TaskTraces.current();
    return trace == null ? null : trace.traceId();
  }

  @Override
  public @Nullable String getCurrentSpanId() {
    Trace trace = TaskTraces.current();
    return trace == null ? null : trace.spanId();
  }

  @Override
  public boolean isCurrentSpanSampled() {
    Trace trace = TaskTraces.current();
    return trace != null && trace.sampled();
  }

  /** There is no span of ours to mark: the trace is the submitter's. */
  @Override
  public void markCurrentSpanAsExemplar() {}
}
