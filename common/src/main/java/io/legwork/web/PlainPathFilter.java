package io.legwork.web;

import io.legwork.problems.Problem;
import io.legwork.problems.ProblemType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses paths that can be read in two ways, so that nothing in front of the service takes one for
 * another.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class PlainPathFilter extends OncePerRequestFilter {

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (PlainPath.isPlain(request.getRequestURI())) {
      chain.doFilter(request, response);
    } else {
      ProblemWriter.write(Problem.of(ProblemType.NOT_FOUND, "there is no such path"), response);
    }
  }
}
