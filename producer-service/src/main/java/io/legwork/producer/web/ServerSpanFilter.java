package io.legwork.producer.web;

import io.legwork.tracing.FinishedSpan;
import io.legwork.tracing.SpanAttributes;
import io.legwork.tracing.TraceContext;
import io.legwork.tracing.Tracing;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.SpanKind;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerMapping;

/**
 * The span of a request: part of its caller's trace, or the first of a new one. It tells the route
 * and not the path, which is whatever the caller has written there.
 */
final class ServerSpanFilter extends OncePerRequestFilter {

  private static final String TRACEPARENT = "traceparent";
  private static final int SERVER_ERRORS = 500;
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

  private final Tracing tracing;
  private final InstantSource clock;

  ServerSpanFilter(Tracing tracing, InstantSource clock) {
    this.tracing = tracing;
    this.clock = clock;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    String header = request.getHeader(TRACEPARENT);
    String caller = TraceContext.isValid(header) ? header : null;
    TraceContext context = tracing.begin(caller);
    if (context == null) {
      chain.doFilter(request, response);
      return;
    }
    RequestSpan span = new RequestSpan(context, clock.instant());
    span.attachTo(request);
    try {
      chain.doFilter(request, response);
    } finally {
      tracing.record(finished(span, caller, request, response));
    }
  }

  private FinishedSpan finished(
      RequestSpan span,
      @Nullable String caller,
      HttpServletRequest request,
      HttpServletResponse response) {
    String method = METHODS.contains(request.getMethod()) ? request.getMethod() : "_OTHER";
    Object route = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
    int status = response.getStatus();
    AttributesBuilder attributes =
        Attributes.builder()
            .put("http.request.method", method)
            .put("url.scheme", request.getScheme())
            .put("http.response.status_code", status);
    if (route != null) {
      attributes.put("http.route", route.toString());
    }
    if (status >= SERVER_ERRORS) {
      attributes.put(SpanAttributes.ERROR_TYPE, Integer.toString(status));
    }
    return new FinishedSpan(
        span.context(),
        caller == null ? null : TraceContext.of(caller),
        List.of(),
        SpanKind.SERVER,
        route == null ? method : method + ' ' + route,
        span.start(),
        clock.instant(),
        attributes.build(),
        status >= SERVER_ERRORS);
  }
}
