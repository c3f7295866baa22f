package io.legwork.producer.submission;

import io.legwork.access.Caller;
import io.legwork.access.Scope;
import io.legwork.producer.web.RequestSpan;
import io.legwork.task.TaskId;
import io.legwork.tracing.TraceContext;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import org.jspecify.annotations.Nullable;

/**
 * Where a submission came from.
 *
 * @param tenant whose task it will be
 * @param scope what the submitter may submit
 * @param traceparent the submitter's trace context (W3C Trace Context, level 1), or null
 * @param key the idempotency key it was sent with, or null
 * @param request the span of the request it came with, or null if that is not traced
 */
record Origin(
    String tenant,
    Scope scope,
    @Nullable String traceparent,
    @Nullable String key,
    @Nullable RequestSpan request) {

  /** Reads the headers; a trace context that is not valid is ignored. */
  static Origin of(Caller caller, HttpServletRequest request) {
    return new Origin(
        caller.tenant(),
        caller.scope(),
        validTraceparent(request.getHeader("traceparent")),
        IdempotencyHeader.read(Collections.list(request.getHeaders(IdempotencyHeader.NAME))),
        RequestSpan.of(request));
  }

  /** What a task is stored with: the span in which it is created, or the submitter's context. */
  @Nullable String traceparentOf(TaskId task) {
    return request == null ? traceparent : CreationSpans.context(request, task).traceparent();
  }

  static @Nullable String validTraceparent(@Nullable String header) {
    return TraceContext.isValid(header) ? header : null;
  }
}
