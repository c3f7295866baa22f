package io.legwork.authentication;

import io.legwork.access.Caller;
import io.legwork.problems.Problem;
import io.legwork.problems.ProblemException;
import io.legwork.web.PlainPath;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Enumeration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.web.cors.CorsUtils;

/**
 * Looks at the key of a request before anything else is done for it, so that wrong keys, which
 * anybody can send by the thousand, cost as little as possible. They are answered the same as by
 * the filter chain, which sees to all requests that show no key, and are counted with all others in
 * {@code http.server.requests}. Thread-safe.
 */
final class KeyGate implements Filter {

  private static final String ADMITTED = KeyGate.class.getName() + ".admitted";

  private final Callers callers;
  private final CrossOrigin origins;
  private final MeterRegistry meters;
  private final Map<Refused, Timer> timers = new ConcurrentHashMap<>();

  KeyGate(Callers callers, CrossOrigin origins, MeterRegistry meters) {
    this.callers = callers;
    this.origins = origins;
    this.meters = meters;
  }

  /** What refused requests are counted by. */
  private record Refused(String method, int status) {}

  /** Who was found to have sent a request; null if it has not been looked at. */
  static @Nullable Caller admitted(HttpServletRequest request) {
    return request.getAttribute(ADMITTED) instanceof Caller caller ? caller : null;
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (request instanceof HttpServletRequest asked
        && response instanceof HttpServletResponse answer
        && showsReadableKey(asked)
        && isRefused(asked, answer)) {
      return;
    }
    chain.doFilter(request, response);
  }

  /**
   * What can be read in two ways is left to those who refuse it, and so is a browser's question.
   */
  private static boolean showsReadableKey(HttpServletRequest request) {
    Enumeration<String> shown = request.getHeaders("Authorization");
    if (!shown.hasMoreElements()
        || !PlainPath.isPlain(request.getRequestURI())
        || CorsUtils.isPreFlightRequest(request)) {
      return false;
    }
    boolean readable = true;
    while (shown.hasMoreElements()) {
      readable &= shown.nextElement().chars().allMatch(it -> it >= ' ' && it <= '~');
    }
    return readable;
  }

  private boolean isRefused(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    long begun = System.nanoTime();
    try {
      Optional<Caller> caller = callers.of(request);
      caller.ifPresent(it -> request.setAttribute(ADMITTED, it));
      return false;
    } catch (ProblemException refused) {
      refuse(refused.problem(), request, response);
      timer(request.getMethod(), response.getStatus())
          .record(System.nanoTime() - begun, TimeUnit.NANOSECONDS);
      return true;
    }
  }

  private void refuse(Problem problem, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setHeader("X-Content-Type-Options", "nosniff");
    if (origins.lets(request, response)) {
      Refusals.answer(problem, request, response);
    }
  }

  private Timer timer(String method, int status) {
    return timers.computeIfAbsent(new Refused(known(method), status), this::register);
  }

  /** Methods can be made up, and must not each become a time series. */
  private static String known(String method) {
    for (HttpMethod known : HttpMethod.values()) {
      if (known.name().equals(method)) {
        return method;
      }
    }
    return "UNKNOWN";
  }

  /** The tags that Spring gives to requests that no controller has seen. */
  private Timer register(Refused refused) {
    return Timer.builder("http.server.requests")
        .tag("error", "none")
        .tag("exception", "none")
        .tag("method", refused.method())
        .tag("outcome", refused.status() < 500 ? "CLIENT_ERROR" : "SERVER_ERROR")
        .tag("status", Integer.toString(refused.status()))
        .tag("uri", "UNKNOWN")
        .register(meters);
  }
}
