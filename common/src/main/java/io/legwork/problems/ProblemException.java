package io.legwork.problems;

import java.util.Map;

/**
 * Ends the handling of a request with a problem. It says what the client got wrong or has to wait
 * for, not what is wrong in the service, so it carries no stack trace.
 */
public final class ProblemException extends RuntimeException {

  private final transient Problem problem;
  private final transient Map<String, String> headers;

  /** Ends with the given problem. */
  public ProblemException(Problem problem) {
    this(problem, Map.of());
  }

  /** Ends with the given problem, and header fields that belong to it. */
  public ProblemException(Problem problem, Map<String, String> headers) {
    super(problem.type().code() + ": " + problem.detail(), null, false, false);
    this.problem = problem;
    this.headers = Map.copyOf(headers);
  }

  /** Ends with a problem that is not about single fields. */
  public ProblemException(ProblemType type, String detail) {
    this(Problem.of(type, detail));
  }

  /** What to answer. */
  public Problem problem() {
    return problem;
  }

  /** Header fields of the answer. */
  public Map<String, String> headers() {
    return headers;
  }
}
