package io.legwork.authentication;

import io.legwork.problems.Problem;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import tools.jackson.databind.json.JsonMapper;

/** Answers requests that get no further than here. */
final class Refusals {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int UNAUTHORIZED = 401;

  private Refusals() {}

  /** Writes a problem; if it is about who sent the request, with how to prove it (RFC 6750). */
  static void write(Problem problem, HttpServletResponse response) throws IOException {
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
    response.getOutputStream().write(body);
    response.flushBuffer();
  }
}
