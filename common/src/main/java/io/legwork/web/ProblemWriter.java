package io.legwork.web;

import io.legwork.problems.Problem;
import io.legwork.problems.ProblemType;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import tools.jackson.databind.json.JsonMapper;

/** Puts problems on the wire. */
public final class ProblemWriter {

  private static final JsonMapper JSON = JsonMapper.shared();

  private ProblemWriter() {}

  /** The answer that carries a problem. */
  public static ResponseEntity<byte[]> answer(Problem problem, HttpHeaders more) {
    var answer =
        ResponseEntity.status(problem.type().status())
            .headers(more)
            .contentType(MediaType.APPLICATION_PROBLEM_JSON)
            .cacheControl(CacheControl.noStore());
    problem
        .type()
        .retryAfter()
        .filter(_ -> !more.containsHeader(HttpHeaders.RETRY_AFTER))
        .ifPresent(wait -> answer.header(HttpHeaders.RETRY_AFTER, seconds(wait)));
    return answer.body(JSON.writeValueAsBytes(problem.members()));
  }

  /** Writes a problem where there is no controller to answer it. */
  public static void write(Problem problem, HttpServletResponse response) throws IOException {
    byte[] body = JSON.writeValueAsBytes(problem.members());
    response.setStatus(problem.type().status());
    response.setContentType(Problem.MEDIA_TYPE);
    response.setContentLength(body.length);
    problem
        .type()
        .retryAfter()
        .ifPresent(wait -> response.setHeader(HttpHeaders.RETRY_AFTER, seconds(wait)));
    response.getOutputStream().write(body);
    response.flushBuffer();
  }

  /** The general problem for a status that some other software chose. */
  public static Problem ofStatus(int status) {
    ProblemType type =
        switch (status) {
          case 400 -> ProblemType.BAD_REQUEST;
          case 404 -> ProblemType.NOT_FOUND;
          // A method that no server of ours has: CONNECT.
          case 501 -> ProblemType.METHOD_NOT_ALLOWED;
          case 503 -> ProblemType.OVERLOADED;
          default ->
              Arrays.stream(ProblemType.values())
                  .filter(candidate -> candidate.status() == status)
                  .findFirst()
                  .orElse(status < 500 ? ProblemType.BAD_REQUEST : ProblemType.INTERNAL_ERROR);
        };
    return Problem.of(type, type.title());
  }

  private static String seconds(Duration wait) {
    return Long.toString(wait.toSeconds());
  }
}
