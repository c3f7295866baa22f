package io.legwork.authentication;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpRequest;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.ClientHttpResponse;

/**
 * Asks an address once a second at the most; whoever asks within that second gets the same answer
 * again, or the same failure. A token with a key id that nobody knows makes Legwork ask the
 * identity provider for its keys, and whoever likes can make up such tokens. Thread-safe.
 */
final class SparingRequests implements ClientHttpRequestInterceptor {

  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final Map<URI, Asked> asked = new ConcurrentHashMap<>();
  private final InstantSource clock;

  SparingRequests(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * @param answer null if there was none
   */
  private record Asked(Instant at, @Nullable Answer answer) {}

  /** An answer that can be given more than once: it is here, and nothing is held. */
  private static final class Answer implements ClientHttpResponse {

    private final HttpStatusCode status;
    private final HttpHeaders headers;
    private final byte[] body;

    private Answer(ClientHttpResponse response) throws IOException {
      try (response) {
        this.status = response.getStatusCode();
        this.headers = HttpHeaders.copyOf(response.getHeaders());
        this.body = response.getBody().readAllBytes();
      }
    }

    @Override
    public HttpStatusCode getStatusCode() {
      return status;
    }

    @Override
    public String getStatusText() {
      return "";
    }

    @Override
    public HttpHeaders getHeaders() {
      return headers;
    }

    @Override
    public InputStream getBody() {
      return new ByteArrayInputStream(body);
    }

    @Override
    public void close() {
      // See above.
    }
  }

  /**
   * @throws IOException if the address gives no answer, or gave none less than a second ago
   */
  @Override
  public ClientHttpResponse intercept(
      HttpRequest request, byte[] body, ClientHttpRequestExecution execution) throws IOException {
    URI address = request.getURI();
    Asked last = asked.get(address);
    if (last == null || !clock.instant().isBefore(last.at().plus(PAUSE))) {
      return ask(address, request, body, execution);
    }
    if (last.answer() == null) {
      throw new IOException("it gave no answer less than a second ago: " + address);
    }
    return last.answer();
  }

  private Answer ask(
      URI address, HttpRequest request, byte[] body, ClientHttpRequestExecution execution)
      throws IOException {
    Answer answer = null;
    try {
      answer = new Answer(execution.execute(request, body));
      return answer;
    } finally {
      asked.put(address, new Asked(clock.instant(), answer));
    }
  }
}
