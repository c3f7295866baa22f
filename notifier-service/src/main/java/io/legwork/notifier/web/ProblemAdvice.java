package io.legwork.notifier.web;

import io.legwork.ledger.LedgerException;
import io.legwork.problems.Problem;
import io.legwork.problems.ProblemException;
import io.legwork.problems.ProblemType;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import tools.jackson.databind.json.JsonMapper;

/** The one place where what went wrong becomes an answer. */
@RestControllerAdvice
class ProblemAdvice {

  private static final Logger LOG = LoggerFactory.getLogger(ProblemAdvice.class);
  private static final JsonMapper JSON = JsonMapper.shared();

  @ExceptionHandler
  ResponseEntity<byte[]> refused(ProblemException refused) {
    return answer(refused.problem(), HttpHeaders.EMPTY);
  }

  @ExceptionHandler
  ResponseEntity<byte[]> ledger(LedgerException failure) {
    LOG.atWarn().addKeyValue("reason", failure.getMessage()).log("ledger.unavailable");
    return answer(
        Problem.of(ProblemType.LEDGER_UNAVAILABLE, "the database cannot be reached"),
        HttpHeaders.EMPTY);
  }

  @ExceptionHandler
  ResponseEntity<byte[]> unexpected(Exception failure) {
    if (failure instanceof ErrorResponse known) {
      ProblemType type = ofStatus(known.getStatusCode().value());
      return answer(Problem.of(type, type.title()), known.getHeaders());
    }
    LOG.error("request.failed", failure);
    return answer(
        Problem.of(ProblemType.INTERNAL_ERROR, "the request could not be handled"),
        HttpHeaders.EMPTY);
  }

  private static ProblemType ofStatus(int status) {
    return switch (status) {
      case 400 -> ProblemType.BAD_REQUEST;
      case 404 -> ProblemType.NOT_FOUND;
      default ->
          Arrays.stream(ProblemType.values())
              .filter(type -> type.status() == status)
              .findFirst()
              .orElse(ProblemType.INTERNAL_ERROR);
    };
  }

  private static ResponseEntity<byte[]> answer(Problem problem, HttpHeaders more) {
    var answer =
        ResponseEntity.status(problem.type().status())
            .headers(more)
            .contentType(MediaType.APPLICATION_PROBLEM_JSON)
            .cacheControl(CacheControl.noStore());
    problem
        .type()
        .retryAfter()
        .ifPresent(wait -> answer.header(HttpHeaders.RETRY_AFTER, Long.toString(wait.toSeconds())));
    return answer.body(JSON.writeValueAsBytes(problem.members()));
  }
}
