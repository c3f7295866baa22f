package io.legwork.producer.web;

import io.legwork.problems.Problem;
import io.legwork.problems.ProblemType;
import io.legwork.web.ProblemWriter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.Semaphore;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses requests that are more than the heap can carry (guarantee G10). Every request has a
 * thread and buffers; a crowd that all comes back after an outage would otherwise end the service,
 * and again after every restart.
 */
final class RequestLimitFilter extends OncePerRequestFilter {

  private final Semaphore room;

  RequestLimitFilter(int limit, MeterRegistry meters) {
    this.room = new Semaphore(limit);
    Gauge.builder("legwork.requests.active", room, free -> limit - free.availablePermits())
        .description("Requests that are being handled, those that wait for a task among them")
        .register(meters);
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (!room.tryAcquire()) {
      ProblemWriter.write(
          Problem.of(ProblemType.OVERLOADED, "too many requests are being handled"), response);
      return;
    }
    try {
      chain.doFilter(request, response);
    } finally {
      room.release();
    }
  }
}
