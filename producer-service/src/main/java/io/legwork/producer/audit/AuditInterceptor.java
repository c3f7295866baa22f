package io.legwork.producer.audit;

import io.legwork.access.Caller;
import io.legwork.access.Endpoint;
import io.legwork.access.Endpoints;
import io.legwork.access.Role;
import io.legwork.ledger.AuditLog;
import io.legwork.ledger.AuditedAction;
import io.legwork.ledger.LedgerException;
import io.legwork.task.UuidV7;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Writes the audit log around every operation that changes something and is not submitting. What
 * cannot be written down beforehand is not done: it is answered 503.
 */
final class AuditInterceptor implements HandlerInterceptor {

  private static final Logger LOG = LoggerFactory.getLogger(AuditInterceptor.class);
  private static final String ACTION = AuditInterceptor.class.getName();
  private static final Set<Role> AUDITED = Set.of(Role.OPERATE, Role.ADMIN);
  private static final int LONGEST_TARGET = 1_000;

  private final AuditLog log;
  private final UuidV7 ids;

  AuditInterceptor(AuditLog log, UuidV7 ids) {
    this.log = log;
    this.ids = ids;
  }

  @Override
  public boolean preHandle(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    Object pattern = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
    Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
    if (pattern != null
        && authentication != null
        && authentication.getPrincipal() instanceof Caller caller) {
      Endpoints.find(request.getMethod(), pattern.toString())
          .filter(AuditInterceptor::isAudited)
          .ifPresent(endpoint -> begin(request, action(request, endpoint, caller)));
    }
    return true;
  }

  private static boolean isAudited(Endpoint endpoint) {
    return endpoint.role() != null
        && AUDITED.contains(endpoint.role())
        && !endpoint.method().equals("GET");
  }

  private AuditedAction action(HttpServletRequest request, Endpoint endpoint, Caller caller) {
    return new AuditedAction(
        ids.next(),
        caller.tenant(),
        caller.key(),
        caller.name(),
        endpoint.operation(),
        target(request),
        request.getRemoteAddr());
  }

  private static String target(HttpServletRequest request) {
    String query = request.getQueryString();
    String target = request.getRequestURI() + (query == null ? "" : '?' + query);
    return target.length() > LONGEST_TARGET ? target.substring(0, LONGEST_TARGET) : target;
  }

  private void begin(HttpServletRequest request, AuditedAction action) {
    log.begin(action);
    request.setAttribute(ACTION, action);
  }

  @Override
  public void afterCompletion(
      HttpServletRequest request,
      HttpServletResponse response,
      Object handler,
      @Nullable Exception failure) {
    if (request.getAttribute(ACTION) instanceof AuditedAction action) {
      request.removeAttribute(ACTION);
      end(action, response.getStatus(), response.getHeader(HttpHeaders.LOCATION));
    }
  }

  /** The action is done and cannot be taken back: that it was begun is what the log keeps then. */
  private void end(AuditedAction action, int status, @Nullable String created) {
    try {
      log.end(action, status, created);
    } catch (LedgerException unreachable) {
      LOG.atError()
          .addKeyValue("action", action.id())
          .addKeyValue("operation", action.operation())
          .addKeyValue("status", status)
          .addKeyValue("reason", Optional.ofNullable(unreachable.getMessage()).orElse(""))
          .log("audit.outcome.unwritten: the log shows that it began and not how it ended");
    }
  }
}
