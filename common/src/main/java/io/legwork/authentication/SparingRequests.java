package io.legwork.authentication;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.http.HttpRequest;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.ClientHttpResponse;

/**
 * Asks an address once a second at the most. A token with a key id that nobody knows makes Legwork
 * ask the identity provider for its keys, and whoever likes can make up such tokens. Thread-safe.
 */
final class SparingRequests implements ClientHttpRequestInterceptor {

  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final Map<URI, Asked> asked = new ConcurrentHashMap<>();
  private final InstantSource clock;

  SparingRequests(InstantSource clock) {
    this.clock = clock;
  }

  private record Asked(Instant at, boolean answered) {}

  /** The address was asked, and answered, a moment ago. */
  static final class JustAnsweredException extends IOException {

    private static final long serialVersionUID = 1;

    private JustAnsweredException(URI address) {
      super("it answered less than a second ago: " + address);
    }
  }

  /**
   * @throws JustAnsweredException if the address was asked less than a second ago, and answered
   * @throws IOException if it was asked less than a second ago in vain, or is now
   */
  @Override
  public ClientHttpResponse intercept(
      HttpRequest request, byte[] body, ClientHttpRequestExecution execution) throws IOException {
    URI address = request.getURI();
    Asked last = asked.get(address);
    if (last != null && clock.instant().isBefore(last.at().plus(PAUSE))) {
      throw last.answered()
          ? new JustAnsweredException(address)
          : new IOException("it gave no answer less than a second ago: " + address);
    }
    boolean answered = false;
    try {
      ClientHttpResponse response = execution.execute(request, body);
      answered = response.getStatusCode().is2xxSuccessful();
      return response;
    } finally {
      asked.put(address, new Asked(clock.instant(), answered));
    }
  }
}
