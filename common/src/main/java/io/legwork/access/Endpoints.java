package io.legwork.access;

import static io.legwork.access.Role.ADMIN;
import static io.legwork.access.Role.OPERATE;
import static io.legwork.access.Role.READ;
import static io.legwork.access.Role.SUBMIT;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The one place that says who may call what. What is not named here cannot be called. Both services
 * may serve an operation, if it asks for the same.
 */
public final class Endpoints {

  /** What the producer serves. */
  public static final List<Endpoint> PRODUCER =
      List.of(
          anybody("GET", "/openapi"),
          // The report token shows that who reports was given the attempt.
          anybody("POST", "/v1/attempts/{id}/outcome"),
          anybody("POST", "/v1/attempts/{id}/progress"),
          anybody("POST", "/v1/attempts/{id}/heartbeat"),
          scoped(SUBMIT, "POST", "/v1/tasks"),
          scoped(SUBMIT, "POST", "/v1/tasks/batch"),
          scoped(READ, "GET", "/v1/tasks"),
          scoped(READ, "GET", "/v1/tasks/{id}"),
          scoped(READ, "GET", "/v1/tasks/{id}/events"),
          scoped(READ, "GET", "/v1/tasks/{id}/attempts"),
          scoped(READ, "GET", "/v1/tasks/{id}/deliveries"),
          scoped(READ, "GET", "/v1/types"),
          scoped(OPERATE, "POST", "/v1/tasks/{id}/cancel"),
          scoped(OPERATE, "POST", "/v1/tasks/{id}/redrive"),
          scoped(OPERATE, "POST", "/v1/tasks/redrive"),
          whole(READ, "GET", "/v1/subscriptions"),
          whole(READ, "GET", "/v1/subscriptions/{id}"),
          whole(OPERATE, "POST", "/v1/subscriptions"),
          whole(OPERATE, "PUT", "/v1/subscriptions/{id}"),
          whole(OPERATE, "DELETE", "/v1/subscriptions/{id}"),
          whole(OPERATE, "POST", "/v1/subscriptions/{id}/pause"),
          whole(OPERATE, "POST", "/v1/subscriptions/{id}/resume"),
          whole(OPERATE, "POST", "/v1/subscriptions/{id}/rotate-secret"),
          whole(OPERATE, "POST", "/v1/subscriptions/{id}/test"),
          whole(READ, "GET", "/v1/deliveries"),
          whole(READ, "GET", "/v1/deliveries/{id}"),
          whole(OPERATE, "POST", "/v1/deliveries/{id}/redeliver"),
          whole(OPERATE, "POST", "/v1/deliveries/redeliver"),
          whole(ADMIN, "GET", "/v1/keys"),
          whole(ADMIN, "GET", "/v1/keys/{id}"),
          whole(ADMIN, "POST", "/v1/keys"),
          whole(ADMIN, "DELETE", "/v1/keys/{id}"),
          whole(ADMIN, "POST", "/v1/keys/{id}/rotate"),
          whole(ADMIN, "GET", "/v1/audit"),
          installation("GET", "/v1/audit/verification"),
          installation("GET", "/v1/tenants"),
          installation("POST", "/v1/tenants"),
          installation("DELETE", "/v1/tenants/{name}"),
          installation("GET", "/v1/tenants/{name}/limits"),
          installation("PUT", "/v1/tenants/{name}/limits"));

  /** What the notifier serves. */
  public static final List<Endpoint> NOTIFIER =
      List.of(
          anybody("GET", "/openapi"),
          scoped(READ, "GET", "/v1/events"),
          scoped(READ, "POST", "/v1/events/links"),
          scoped(READ, "GET", "/v1/tasks/{id}/events"));

  private static final Map<String, Endpoint> ALL =
      Stream.concat(PRODUCER.stream(), NOTIFIER.stream())
          .distinct()
          .collect(Collectors.toUnmodifiableMap(Endpoint::operation, Function.identity()));

  private Endpoints() {}

  /**
   * What an operation asks for.
   *
   * @param path the pattern that the request was found to match
   */
  public static Optional<Endpoint> find(String method, String path) {
    String effective = method.equals("HEAD") ? "GET" : method;
    return Optional.ofNullable(ALL.get(effective + ' ' + path));
  }

  /** Those that need no caller. */
  public static Stream<Endpoint> forAnybody() {
    return ALL.values().stream().filter(endpoint -> endpoint.role() == null);
  }

  private static Endpoint anybody(String method, String path) {
    return new Endpoint(method, path, null, Reach.SCOPE);
  }

  private static Endpoint scoped(Role role, String method, String path) {
    return new Endpoint(method, path, role, Reach.SCOPE);
  }

  private static Endpoint installation(String method, String path) {
    return new Endpoint(method, path, ADMIN, Reach.INSTALLATION);
  }

  private static Endpoint whole(Role role, String method, String path) {
    return new Endpoint(method, path, role, Reach.TENANT);
  }
}
