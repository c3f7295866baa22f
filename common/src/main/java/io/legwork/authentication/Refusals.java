package io.legwork.authentication;

import io.legwork.problems.Problem;
import io.legwork.problems.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import tools.jackson.databind.json.JsonMapper;

/** Answers requests that get no further than here. */
final class Refusals {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int UNAUTHORIZED = 401;

  private Refusals() {}

  /**
   * Answers with a problem. Who is told to wait is also kept waiting, and has to connect anew for
   * what comes next.
   */
  static void answer(Problem problem, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (problem.type() == ProblemType.TOO_MANY_FAILURES) {
      response.setHeader("Connection", "close");
      DetentionValve.delay(request, head(problem, response));
    } else {
      write(problem, response);
    }
  }

  /** Writes a problem; if it is about who sent the request, with how to prove it (RFC 6750). */
  static void write(Problem problem, HttpServletResponse response) throws IOException {
    response.getOutputStream().write(head(problem, response));
    response.flushBuffer();
  }

  /** Says all but the body, which is returned. */
  private static byte[] head(Problem problem, HttpServletResponse response) {
    byte[] body = JSON.writeValueAsBytes(problem.members());
    response.setStatus(problem.type().status());
    response.setContentType(Problem.MEDIA_TYPE);
    response.setContentLength(body.length);
    response.setHeader("Cache-Control", "no-store");
    if (problem.type().status() == UNAUTHORIZED) {
      response.setHeader("WWW-Authenticate", "Bearer realm=\"legwork\"");
    }
    problem
        .type()
        .retryAfter()
        .ifPresent(wait -> response.setHeader("Retry-After", Long.toString(wait.toSeconds())));
    return body;
  }
}
