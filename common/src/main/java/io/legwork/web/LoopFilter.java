package io.legwork.web;

import io.legwork.outbound.WebhookAgent;
import io.legwork.problems.Problem;
import io.legwork.problems.ProblemType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses webhooks of Legwork itself, before it is asked whose key they carry. One that starts the
 * task anew whose failure it tells, or sends itself again, would go round without an end.
 */
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
final class LoopFilter extends OncePerRequestFilter {

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (WebhookAgent.sent(request.getHeader(HttpHeaders.USER_AGENT))) {
      ProblemWriter.write(
          Problem.of(ProblemType.LOOP_DETECTED, "a webhook of Legwork leads to Legwork's own API"),
          response);
    } else {
      chain.doFilter(request, response);
    }
  }
}
