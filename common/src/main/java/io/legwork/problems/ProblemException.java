package io.legwork.problems;

/**
 * Ends the handling of a request with a problem. It says what the client got wrong or has to wait
 * for, not what is wrong in the service, so it carries no stack trace.
 */
public final class ProblemException extends RuntimeException {

  private final transient Problem problem;

  /** Ends with the given problem. */
  public ProblemException(Problem problem) {
    super(problem.type().code() + ": " + problem.detail(), null, false, false);
    this.problem = problem;
  }

  /** Ends with a problem that is not about single fields. */
  public ProblemException(ProblemType type, String detail) {
    this(Problem.of(type, detail));
  }

  /** What to answer. */
  public Problem problem() {
    return problem;
  }
}
