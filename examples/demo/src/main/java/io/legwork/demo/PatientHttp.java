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

  /** What to do where nobody listens. */
  enum Absence {
    /** Somebody was there and will be again. */
    WAIT,
    /** Perhaps nobody ever was: it is a failure at once. */
    FAIL
  }

  /**
   * Sends a request, again if need be.
   *
   * @return the last answer, whatever it says
   * @throws IOException if the last time brought no answer
   */
  HttpResponse<String> send(HttpRequest request, Absence absence)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    for (var pause = FIRST_PAUSE; ; pause = shorter(pause.multipliedBy(2), LONGEST_PAUSE)) {
      Duration rest;
      try {
        var response = http.send(request, BodyHandlers.ofString());
        rest = retryAfter(response, pause);
        if (!FOR_NOW.contains(response.statusCode()) || isTooLong(rest, start)) {
          return response;
        }
      } catch (IOException e) {
        rest = pause;
        if ((absence == Absence.FAIL && nobodyListened(e)) || isTooLong(rest, start)) {
          throw e;
        }
      }
      Thread.sleep(rest);
      repeated.incrementAndGet();
    }
  }

  private boolean isTooLong(Duration rest, long start) {
    return System.nanoTime() - start + rest.toNanos() > patience.toNanos();
  }

  @Override
  public void close() {
    http.shutdownNow();
  }

  private static boolean nobodyListened(IOException failure) {
    return failure instanceof ConnectException || failure instanceof HttpConnectTimeoutException;
  }

  /** In seconds, as Legwork says it; a date, the other form, is not heeded. */
  private static Duration retryAfter(HttpResponse<?> response, Duration otherwise) {
    return response
        .headers()
        .firstValue("Retry-After")
        .filter(value -> value.matches("[0-9]{1,9}"))
        .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)))
        .orElse(otherwise);
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) <= 0 ? one : other;
  }
}
