package io.legwork.authentication;

import io.legwork.access.Caller;
import io.legwork.problems.Problem;
import io.legwork.problems.ProblemException;
import io.legwork.problems.ProblemType;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Lets no key try ids as fast as it can: after too many that were not there it has to wait. What
 * names no id is answered all the same, such as a submission.
 */
final class MissInterceptor implements HandlerInterceptor {

  private static final int NOT_FOUND = 404;

  private final Misses misses;

  MissInterceptor(Misses misses) {
    this.misses = misses;
  }

  @Override
  public boolean preHandle(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    Caller caller = CallerToken.current();
    boolean refused =
        caller != null
            && request.getDispatcherType() == DispatcherType.REQUEST
            && namesOne(request)
            && !misses.allow(caller.key());
    if (refused) {
      throw new ProblemException(
          Problem.ofPolicy(
              ProblemType.ABNORMAL_USAGE_DETECTED,
              "unknown-ids",
              "too many ids were asked for that there are not"));
    }
    return true;
  }

  /** The event stream is asked for one task by a parameter. */
  private static boolean namesOne(HttpServletRequest request) {
    Object pattern = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
    return pattern != null
        && (pattern.toString().indexOf('{') >= 0
            || (pattern.equals(StreamLinks.PATH) && request.getParameter("task") != null));
  }

  @Override
  public void afterCompletion(
      HttpServletRequest request,
      HttpServletResponse response,
      Object handler,
      @Nullable Exception failure) {
    Caller caller = CallerToken.current();
    if (caller != null && response.getStatus() == NOT_FOUND) {
      misses.missed(caller.key());
    }
  }
}
