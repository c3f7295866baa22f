package io.legwork.authentication;

import io.legwork.access.Caller;
import io.legwork.access.Role;
import io.legwork.problems.ProblemException;
import io.legwork.problems.ProblemType;
import io.legwork.secrets.SecretCipher;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * URLs that open an event stream without a key, for browsers: their EventSource sends no header.
 * Such a link is good for what it was made for and for a short time, lets its bearer read only, and
 * dies with the key it was made with. Thread-safe.
 */
public final class StreamLinks {

  /** The path that links lead to. */
  public static final String PATH = "/v1/events";

  /** The parameter that proves a link. */
  public static final String PARAMETER = "access";

  /** What a browser adds when it connects again. */
  private static final Set<String> NOT_SIGNED = Set.of(PARAMETER, "lastEventId");

  private static final Pattern TOKEN =
      Pattern.compile("v1\\.([0-9a-f-]{36})\\.([0-9]{1,12})\\.([A-Za-z0-9_-]{43})");

  private final SecretCipher cipher;
  private final KeyBook book;
  private final InstantSource clock;

  StreamLinks(SecretCipher cipher, KeyBook book, InstantSource clock) {
    this.cipher = cipher;
    this.book = book;
    this.clock = clock;
  }

  /** A link, relative to the service, and until when it can be opened. */
  public record Link(String url, Instant end) {}

  /**
   * Makes a link.
   *
   * @param parameters of the stream
   * @throws ProblemException if there is no secret to sign it with
   */
  public Link make(Caller caller, Map<String, String[]> parameters, Duration life) {
    if (!cipher.isAvailable()) {
      throw new ProblemException(
          ProblemType.SECRETS_UNAVAILABLE, "there is no key to sign a link with");
    }
    Instant end = Instant.ofEpochSecond(clock.instant().plus(life).getEpochSecond());
    String signed = "v1." + caller.key() + '.' + end.getEpochSecond();
    String query = canonical(parameters);
    String token = signed + '.' + cipher.vouchFor(message(signed, query));
    String url = PATH + '?' + query + (query.isEmpty() ? "" : "&") + PARAMETER + '=' + token;
    return new Link(url, end);
  }

  /** Whether a request says that it follows a link. */
  boolean isFollowedBy(HttpServletRequest request) {
    return request.getMethod().equals("GET")
        && request.getRequestURI().equals(PATH)
        && request.getParameterValues(PARAMETER) != null;
  }

  /** Who made the link that a request follows, restricted to reading; empty if it is not good. */
  Optional<Caller> caller(HttpServletRequest request) {
    String[] tokens = request.getParameterValues(PARAMETER);
    Matcher token = TOKEN.matcher(tokens == null || tokens.length != 1 ? "" : tokens[0]);
    if (!token.matches()) {
      return Optional.empty();
    }
    String signed = "v1." + token.group(1) + '.' + token.group(2);
    Instant end = Instant.ofEpochSecond(Long.parseLong(token.group(2)));
    boolean good =
        cipher.isVouchedFor(message(signed, canonical(request.getParameterMap())), token.group(3))
            && clock.instant().isBefore(end);
    return good
        ? book.find(UUID.fromString(token.group(1)))
            .filter(caller -> caller.may(Role.READ))
            .map(StreamLinks::reading)
        : Optional.empty();
  }

  private static Caller reading(Caller caller) {
    return new Caller(
        caller.key(),
        caller.name(),
        caller.tenant(),
        Set.of(Role.READ),
        caller.scope(),
        caller.until());
  }

  private static String message(String signed, String query) {
    return PATH + '\n' + signed + '\n' + query;
  }

  /** The parameters in an order of their own, encoded so that none can be read as two. */
  private static String canonical(Map<String, String[]> parameters) {
    return new TreeMap<>(parameters)
        .entrySet().stream()
            .filter(parameter -> !NOT_SIGNED.contains(parameter.getKey()))
            .flatMap(parameter ->
                Arrays.stream(parameter.getValue())
                    .map(value -> encoded(parameter.getKey()) + '=' + encoded(value)))
            .collect(Collectors.joining("&"));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
