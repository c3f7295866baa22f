package io.legwork.producer.web;

import io.legwork.tracing.TraceContext;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The span of a request that is traced.
 *
 * @param start when the request came
 */
public record RequestSpan(TraceContext context, Instant start) {

  private static final String ATTRIBUTE = RequestSpan.class.getName();

  /** The span of a request, or null if it is not traced. */
  public static @Nullable RequestSpan of(HttpServletRequest request) {
    return (RequestSpan) request.getAttribute(ATTRIBUTE);
  }

  void attachTo(HttpServletRequest request) {
    request.setAttribute(ATTRIBUTE, this);
  }
}
