package io.legwork.authentication;

import io.legwork.access.Caller;
import io.legwork.problems.ProblemException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses requests that claim what they cannot prove, and tells who sent the others: those whose
 * sender is not known yet from the {@link KeyGate}.
 */
final class CallerFilter extends OncePerRequestFilter {

  private final Function<HttpServletRequest, Optional<Caller>> callers;

  CallerFilter(Function<HttpServletRequest, Optional<Caller>> callers) {
    this.callers = callers;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    try {
      Caller known = KeyGate.admitted(request);
      Optional<Caller> caller = known == null ? callers.apply(request) : Optional.of(known);
      caller.ifPresent(CallerFilter::remember);
    } catch (ProblemException refused) {
      Refusals.answer(refused.problem(), request, response);
      return;
    }
    chain.doFilter(request, response);
  }

  private static void remember(Caller caller) {
    SecurityContext context = SecurityContextHolder.createEmptyContext();
    context.setAuthentication(new CallerToken(caller));
    SecurityContextHolder.setContext(context);
  }
}
