package io.legwork.authentication;

import io.legwork.access.Caller;
import io.legwork.access.KeyText;
import io.legwork.problems.ProblemException;
import io.legwork.problems.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds out who sent a request. Thread-safe. */
final class Callers {

  private static final String SCHEME = "Bearer ";

  private final KeyBook book;
  private final StreamLinks links;
  private final @Nullable IdentityTokens tokens;
  private final Failures failures;

  /**
   * @param tokens null if only keys prove anything
   */
  Callers(KeyBook book, StreamLinks links, @Nullable IdentityTokens tokens, Failures failures) {
    this.book = book;
    this.links = links;
    this.tokens = tokens;
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
      return links.isFollowedBy(request) ? Optional.of(linked(request)) : Optional.empty();
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

  private Caller linked(HttpServletRequest request) {
    return links
        .caller(request)
        .orElseThrow(() -> failed("the link is not valid, or not any more"));
  }

  /** All that may be wrong with a key or a token is told alike. */
  private Caller bearer(String text) {
    Optional<KeyText> key = KeyText.parse(text);
    if (key.isEmpty() && tokens != null) {
      return tokens.find(text).orElseThrow(() -> failed("the token is not valid"));
    }
    return key.flatMap(book::find).orElseThrow(() -> failed("the key is not valid"));
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
