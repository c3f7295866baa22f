package io.legwork.worker.http;

import io.legwork.handler.Handler;
import io.legwork.handler.Handles;
import io.legwork.handler.Outcome;
import io.legwork.handler.TaskContext;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Makes one HTTP request. Redirects are not followed. An expected status is success; 408, 425, 429,
 * 5xx and failures of the network are tried again, not before the time that Retry-After names; any
 * other status fails for good.
 */
@Handles("http.request")
final class HttpRequestHandler implements Handler<HttpRequestPayload> {

  private final HttpClient client;
  private final RequestFactory requests;
  private final HttpRequestProperties limits;
  private final InstantSource clock;

  HttpRequestHandler(
      HttpClient client, OutboundPolicy policy, HttpRequestProperties limits, InstantSource clock) {
    this.client = client;
    this.requests = new RequestFactory(policy);
    this.limits = limits;
    this.clock = clock;
  }

  @Override
  public Outcome handle(HttpRequestPayload payload, TaskContext task)
      throws InterruptedException, ExecutionException {
    int kept = bytesToKeep(payload);
    HttpRequest request = requests.make(payload, task);
    Duration limit = timeLimit(payload, task);
    long begin = System.nanoTime();
    CompletableFuture<HttpResponse<ResponseBody>> exchange =
        client.sendAsync(request, LimitedBody.keeping(kept));
    try {
      HttpResponse<ResponseBody> response = exchange.get(limit.toNanos(), TimeUnit.NANOSECONDS);
      return judge(payload, response, Duration.ofNanos(System.nanoTime() - begin));
    } catch (TimeoutException e) {
      return Outcome.fail(name(request) + " was not answered in full within " + limit);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException io) {
        return Outcome.fail(name(request) + " failed: " + describe(io));
      }
      throw e;
    } finally {
      exchange.cancel(true);
    }
  }

  /** Closes the connections without waiting for answers: their attempts are over. */
  void shutdown() {
    client.shutdownNow();
  }

  private int bytesToKeep(HttpRequestPayload payload) {
    Integer wanted = payload.maxResponseBytes();
    if (wanted == null) {
      return (int) limits.response().toBytes();
    }
    if (wanted < 0 || wanted > HttpRequestProperties.LARGEST_RESPONSE) {
      throw new IllegalArgumentException(
          "#/payload/maxResponseBytes: expected a number from 0 to "
              + HttpRequestProperties.LARGEST_RESPONSE);
    }
    return wanted;
  }

  private Duration timeLimit(HttpRequestPayload payload, TaskContext task) {
    RequestTimeout wanted = payload.timeout();
    Duration limit = wanted == null ? limits.timeout() : wanted.value();
    Duration remaining = task.remaining();
    return remaining.compareTo(limit) < 0 ? remaining : limit;
  }

  private Outcome judge(
      HttpRequestPayload payload, HttpResponse<ResponseBody> response, Duration took) {
    int status = response.statusCode();
    if (payload.expectedStatuses().contains(status)) {
      return Outcome.succeed(HttpRequestResult.of(response, took));
    }
    String reason = name(response.request()) + " was answered " + status + excerpt(response);
    if (!worthRetrying(status)) {
      return Outcome.failPermanently(reason);
    }
    return response
        .headers()
        .firstValue("Retry-After")
        .flatMap(value -> RetryAfterHeader.parse(value, clock.instant()))
        .map(delay -> Outcome.retryAfter(delay, reason))
        .orElseGet(() -> Outcome.fail(reason));
  }

  private static boolean worthRetrying(int status) {
    return switch (status) {
      case 408, 425, 429 -> true;
      default -> status >= 500;
    };
  }

  private static String excerpt(HttpResponse<ResponseBody> response) {
    if (response.statusCode() / 100 == 3) {
      return "; redirects are not followed, it leads to "
          + cut(response.headers().firstValue("Location").orElse("nowhere"));
    }
    Object body = response.body().value();
    return body == null ? "" : ": " + cut(body.toString());
  }

  private static String cut(String text) {
    return text.length() <= 200 ? text : text.substring(0, 200) + "…";
  }

  /** The request without its query, which often holds a secret. */
  private static String name(HttpRequest request) {
    String path = Objects.requireNonNullElse(request.uri().getRawPath(), "");
    return "%s %s://%s%s"
        .formatted(
            request.method(), request.uri().getScheme(), request.uri().getAuthority(), cut(path));
  }

  private static String describe(IOException failure) {
    if (failure instanceof HttpConnectTimeoutException) {
      return "no connection in time";
    }
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    if (root instanceof UnresolvedAddressException) {
      return "its host is unknown";
    }
    if (failure instanceof ConnectException) {
      return "no connection: " + Objects.requireNonNullElse(root.getMessage(), "it was refused");
    }
    return Objects.requireNonNullElse(root.getMessage(), root.getClass().getSimpleName());
  }
}
