package io.legwork.notifier.web;

import io.legwork.ledger.LedgerException;
import io.legwork.problems.Problem;
import io.legwork.problems.ProblemException;
import io.legwork.problems.ProblemType;
import io.legwork.web.ProblemWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** The one place where what went wrong becomes an answer. */
@RestControllerAdvice
class ProblemAdvice {

  private static final Logger LOG = LoggerFactory.getLogger(ProblemAdvice.class);

  @ExceptionHandler
  ResponseEntity<byte[]> refused(ProblemException refused) {
    return answer(refused.problem());
  }

  @ExceptionHandler
  ResponseEntity<byte[]> ledger(LedgerException failure) {
    LOG.atWarn().addKeyValue("reason", failure.getMessage()).log("ledger.unavailable");
    return answer(Problem.of(ProblemType.LEDGER_UNAVAILABLE, "the database cannot be reached"));
  }

  @ExceptionHandler
  ResponseEntity<byte[]> unexpected(Exception failure) {
    if (failure instanceof ErrorResponse known) {
      Problem problem = ProblemWriter.ofStatus(known.getStatusCode().value());
      return ProblemWriter.answer(problem, known.getHeaders());
    }
    LOG.error("request.failed", failure);
    return answer(Problem.of(ProblemType.INTERNAL_ERROR, "the request could not be handled"));
  }

  private static ResponseEntity<byte[]> answer(Problem problem) {
    return ProblemWriter.answer(problem, HttpHeaders.EMPTY);
  }
}
