package io.legwork.authentication;

import io.legwork.access.Caller;
import io.legwork.access.KeyText;
import io.legwork.problems.ProblemException;
import io.legwork.problems.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Finds out who sent a request. Thread-safe. */
final class Callers {

  private static final String SCHEME = "Bearer ";

  private final KeyBook book;
  private final Failures failures;

  Callers(KeyBook book, Failures failures) {
    this.book = book;
    this.failures = failures;
  }

  /**
   * Who sent the request; empty if it does not say.
   *
   * @throws ProblemException if it says what it cannot prove
   */
  Optional<Caller> of(HttpServletRequest request) {
    List<String> headers = Collections.list(request.getHeaders("Authorization"));
    if (headers.isEmpty()) {
      return Optional.empty();
    }
    if (headers.size() > 1) {
      throw failed("there is more than one Authorization header");
    }
    String header = headers.getFirst();
    if (!header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      throw failed("the Authorization header does not begin with Bearer");
    }
    return Optional.of(bearer(header.substring(SCHEME.length()).strip()));
  }

  /** All that may be wrong with a key is told alike. */
  private Caller bearer(String token) {
    return KeyText.parse(token)
        .flatMap(book::find)
        .orElseThrow(() -> failed("the key is not valid"));
  }

  private ProblemException failed(String detail) {
    return failures.allow()
        ? unproven(detail)
        : new ProblemException(
            ProblemType.TOO_MANY_FAILURES, "too many wrong keys are being sent to this service");
  }

  static ProblemException unproven(String detail) {
    return new ProblemException(ProblemType.UNAUTHENTICATED, detail);
  }
}
