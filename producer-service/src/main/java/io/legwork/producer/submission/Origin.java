package io.legwork.producer.submission;

import io.legwork.access.Caller;
import io.legwork.access.Scope;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a submission came from.
 *
 * @param tenant whose task it will be
 * @param scope what the submitter may submit
 * @param traceparent the submitter's trace context (W3C Trace Context, level 1), or null
 * @param key the idempotency key it was sent with, or null
 */
record Origin(String tenant, Scope scope, @Nullable String traceparent, @Nullable String key) {

  private static final Pattern TRACEPARENT =
      Pattern.compile("00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");

  /** Reads the headers; a trace context that is not valid is ignored. */
  static Origin of(Caller caller, HttpServletRequest request) {
    return new Origin(
        caller.tenant(),
        caller.scope(),
        validTraceparent(request.getHeader("traceparent")),
        IdempotencyHeader.read(Collections.list(request.getHeaders(IdempotencyHeader.NAME))));
  }

  static @Nullable String validTraceparent(@Nullable String header) {
    return header != null && TRACEPARENT.matcher(header).matches() ? header : null;
  }
}
