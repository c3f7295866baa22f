package io.legwork.authentication;

import io.legwork.access.Caller;
import io.legwork.access.Endpoint;
import io.legwork.access.Endpoints;
import io.legwork.access.Reach;
import io.legwork.access.Role;
import io.legwork.problems.ProblemException;
import io.legwork.problems.ProblemType;
import io.legwork.task.NewTask;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Holds every request against what its endpoint asks for. It looks at the pattern that Spring has
 * matched, not at the path: nothing can be read in two ways in between.
 */
final class RoleInterceptor implements HandlerInterceptor {

  @Override
  public boolean preHandle(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    boolean ours =
        handler instanceof HandlerMethod && request.getDispatcherType() == DispatcherType.REQUEST;
    Object pattern = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
    // Without a pattern it is the list of methods, which OPTIONS asks for.
    if (ours && pattern != null) {
      Endpoint endpoint =
          Endpoints.find(request.getMethod(), pattern.toString())
              .orElseThrow(
                  () -> new ProblemException(ProblemType.NOT_FOUND, "there is no such operation"));
      require(endpoint, CallerToken.current());
    }
    return true;
  }

  private static void require(Endpoint endpoint, @Nullable Caller caller) {
    Role role = endpoint.role();
    if (role == null) {
      return;
    }
    if (caller == null) {
      throw Callers.unproven("there is no key");
    }
    if (!caller.may(role)) {
      throw forbidden("the key has not the role " + role.wireName());
    }
    if (endpoint.reach() != Reach.SCOPE && caller.scope().isLimited()) {
      throw forbidden("the key is limited to some task types or queues, and this is about all");
    }
    boolean ofTheInstallation = caller.tenant().equals(NewTask.DEFAULT_TENANT);
    if (endpoint.reach() == Reach.INSTALLATION && !ofTheInstallation) {
      throw forbidden("only admins of the tenant " + NewTask.DEFAULT_TENANT + " keep the tenants");
    }
  }

  private static ProblemException forbidden(String detail) {
    return new ProblemException(ProblemType.FORBIDDEN, detail);
  }
}
