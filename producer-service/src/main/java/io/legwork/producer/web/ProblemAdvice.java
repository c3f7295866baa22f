package io.legwork.producer.web;

import io.legwork.batching.BatcherFullException;
import io.legwork.ledger.LedgerException;
import io.legwork.problems.Problem;
import io.legwork.problems.ProblemException;
import io.legwork.problems.ProblemType;
import io.legwork.web.ProblemWriter;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** The one place where what went wrong becomes an answer. */
@RestControllerAdvice
class ProblemAdvice {

  private static final Logger LOG = LoggerFactory.getLogger(ProblemAdvice.class);

  private final LogLimit outages = new LogLimit();

  @ExceptionHandler
  ResponseEntity<byte[]> refused(ProblemException refused) {
    var headers = new HttpHeaders();
    refused.headers().forEach(headers::set);
    return ProblemWriter.answer(refused.problem(), headers);
  }

  @ExceptionHandler
  ResponseEntity<byte[]> full(BatcherFullException full) {
    return answer(
        Problem.of(ProblemType.OVERLOADED, "more tasks are being sent than can be written"));
  }

  @ExceptionHandler
  ResponseEntity<byte[]> ledger(LedgerException failure) {
    if (LedgerException.blamesOneRow(failure)) {
      return unexpected(failure);
    }
    if (outages.allows()) {
      LOG.atWarn().addKeyValue("reason", failure.getMessage()).log("ledger.unavailable");
    }
    return answer(Problem.of(ProblemType.LEDGER_UNAVAILABLE, "the database cannot be reached"));
  }

  /** Bodies are read elsewhere, so this is an answer that could not be written. */
  @ExceptionHandler
  void clientIsGone(IOException gone) {
    LOG.debug("The client did not wait for its answer", gone);
  }

  @ExceptionHandler
  ResponseEntity<byte[]> unexpected(Exception failure) {
    if (failure instanceof ErrorResponse known) {
      return framework(known);
    }
    LOG.error("request.failed", failure);
    return answer(Problem.of(ProblemType.INTERNAL_ERROR, "the request could not be handled"));
  }

  /** What the framework refuses: methods, paths, media types. */
  private static ResponseEntity<byte[]> framework(ErrorResponse known) {
    Problem problem = ProblemWriter.ofStatus(known.getStatusCode().value());
    String detail =
        known instanceof HttpRequestMethodNotSupportedException method
            ? method.getMethod() + " is not allowed here"
            : problem.type().title();
    return ProblemWriter.answer(Problem.of(problem.type(), detail), known.getHeaders());
  }

  private static ResponseEntity<byte[]> answer(Problem problem) {
    return ProblemWriter.answer(problem, HttpHeaders.EMPTY);
  }
}
