package io.legwork.problems;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One occurrence of a problem.
 *
 * @param type its kind
 * @param detail what is wrong this time: no stack trace, no SQL, no secrets
 * @param errors the fields that are wrong, if it is about fields
 * @param policies the limits that are reached, if it is about limits
 */
public record Problem(
    ProblemType type, String detail, List<FieldError> errors, List<String> policies) {

  /** The media type of a problem on the wire. */
  public static final String MEDIA_TYPE = "application/problem+json";

  /** How many errors are told; whoever made more has enough to begin with. */
  private static final int MOST_ERRORS = 20;

  /** Keeps the first errors of a long list. */
  public Problem {
    errors = List.copyOf(errors.size() > MOST_ERRORS ? errors.subList(0, MOST_ERRORS) : errors);
    policies = List.copyOf(policies);
  }

  /** A problem that is not about single fields. */
  public static Problem of(ProblemType type, String detail) {
    return new Problem(type, detail, List.of(), List.of());
  }

  /** A limit that is reached. */
  public static Problem ofPolicy(String policy, String detail) {
    return ofPolicy(ProblemType.QUOTA_EXCEEDED, policy, detail);
  }

  /** A limit of another kind that is reached. */
  public static Problem ofPolicy(ProblemType type, String policy, String detail) {
    return new Problem(type, detail, List.of(), List.of(policy));
  }

  /** A problem with one field. */
  public static Problem of(ProblemType type, FieldError error) {
    return of(type, List.of(error));
  }

  /** A problem with fields: the first is told in the detail. */
  public static Problem of(ProblemType type, List<FieldError> errors) {
    FieldError first = errors.getFirst();
    String rest = errors.size() == 1 ? "" : " (and " + (errors.size() - 1) + " more)";
    return new Problem(type, first.pointer() + ": " + first.detail() + rest, errors, List.of());
  }

  /** The members of the JSON object, in the order they are written. */
  public Map<String, Object> members() {
    var members = new LinkedHashMap<String, Object>();
    members.put("type", type.uri());
    members.put("code", type.code());
    members.put("title", type.title());
    members.put("status", type.status());
    members.put("detail", detail);
    if (!errors.isEmpty()) {
      members.put("errors", errors.stream().map(Problem::members).toList());
    }
    if (!policies.isEmpty()) {
      members.put("violated-policies", policies);
    }
    return members;
  }

  private static Map<String, String> members(FieldError error) {
    return Map.of("detail", error.detail(), "pointer", error.pointer().fragment());
  }
}
