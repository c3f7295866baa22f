package io.legwork.demo;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Sends requests as a client of Legwork should: what could not be answered for now is sent again,
 * after a pause that doubles, or after the one that was asked for. A request that changes something
 * needs an idempotency key.
 *
 * <p>Safe for use by several threads.
 */
final class PatientHttp implements AutoCloseable {

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  /** Too many requests, and what servers and proxies answer when they cannot do it now. */
  private static final Set<Integer> FOR_NOW = Set.of(429, 502, 503, 504);

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT_TIMEOUT)
          .build();
  private final Duration patience;
  private final AtomicInteger repeated = new AtomicInteger();

  /**
   * @param patience for how long after a request was first sent it may be sent again
   */
  PatientHttp(Duration patience) {
    this.patience = patience;
  }

  /** How many times a request was sent again. */
  int repeated() {
    return repeated.get();
  }

  /**
   * Sends a request, again if need be.
   *
   * @return the last answer, whatever it says
   * @throws IOException if the last time brought no answer
   */
  HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
    return send(request, true);
  }

  /** As {@link #send}, but without patience for an address where nobody listens. */
  HttpResponse<String> sendToWhoListens(HttpRequest request)
      throws IOException, InterruptedException {
    return send(request, false);
  }

  private HttpResponse<String> send(HttpRequest request, boolean patientWithAbsence)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    for (var pause = FIRST_PAUSE; ; pause = shorter(pause.multipliedBy(2), LONGEST_PAUSE)) {
      boolean last = System.nanoTime() - start + pause.toNanos() > patience.toNanos();
      try {
        var response = http.send(request, BodyHandlers.ofString());
        if (last || !FOR_NOW.contains(response.statusCode())) {
          return response;
        }
        Thread.sleep(shorter(retryAfter(response, pause), LONGEST_PAUSE));
      } catch (IOException e) {
        if (last || (!patientWithAbsence && nobodyListened(e))) {
          throw e;
        }
        Thread.sleep(pause);
      }
      repeated.incrementAndGet();
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
  }

  private static boolean nobodyListened(IOException failure) {
    return failure instanceof ConnectException || failure instanceof HttpConnectTimeoutException;
  }

  private static Duration retryAfter(HttpResponse<?> response, Duration otherwise) {
    return response
        .headers()
        .firstValue("Retry-After")
        .filter(seconds -> seconds.matches("[0-9]{1,4}"))
        .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)))
        .orElse(otherwise);
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) <= 0 ? one : other;
  }
}
