package io.legwork.worker.http;

import io.legwork.handler.Handler;
import io.legwork.handler.Handles;
import io.legwork.handler.Outcome;
import io.legwork.handler.TaskContext;
import io.legwork.outbound.ForbiddenAddressException;
import io.legwork.outbound.OutboundAnswer;
import io.legwork.outbound.OutboundClient;
import io.legwork.outbound.OutboundPolicy;
import io.legwork.outbound.OutboundRequest;
import io.legwork.outbound.RetryAfterHeader;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeoutException;

/**
 * Makes one HTTP request. Redirects are not followed. An expected status is success; 408, 425, 429,
 * 5xx and failures of the network are tried again, not before the time that Retry-After names; any
 * other status fails for good.
 */
@Handles("http.request")
final class HttpRequestHandler implements Handler<HttpRequestPayload> {

  private final OutboundClient client;
  private final RequestFactory requests;
  private final HttpRequestProperties limits;
  private final InstantSource clock;

  HttpRequestHandler(
      OutboundClient client,
      OutboundPolicy policy,
      HttpRequestProperties limits,
      InstantSource clock) {
    this.client = client;
    this.requests = new RequestFactory(policy);
    this.limits = limits;
    this.clock = clock;
  }

  @Override
  public Outcome handle(HttpRequestPayload payload, TaskContext task) throws InterruptedException {
    int kept = bytesToKeep(payload);
    OutboundRequest request = requests.make(payload, task);
    Duration limit = timeLimit(payload, task);
    long begin = System.nanoTime();
    try {
      OutboundAnswer answer = client.send(request, kept, limit);
      return judge(payload, request, answer, Duration.ofNanos(System.nanoTime() - begin));
    } catch (TimeoutException late) {
      return Outcome.fail(request.name() + " was not answered in full within " + limit);
    } catch (ForbiddenAddressException forbidden) {
      return Outcome.failPermanently(request.name() + " was not made: " + forbidden.getMessage());
    } catch (IOException failure) {
      return Outcome.fail(request.name() + " failed: " + OutboundClient.describe(failure));
    }
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
      HttpRequestPayload payload, OutboundRequest request, OutboundAnswer answer, Duration took) {
    int status = answer.status();
    ResponseBody body =
        ResponseBody.of(
            answer.body(), answer.truncated(), answer.header("Content-Type").orElse(""));
    if (payload.expectedStatuses().contains(status)) {
      return Outcome.succeed(HttpRequestResult.of(answer, body, took));
    }
    String reason = request.name() + " was answered " + status + excerpt(answer, body);
    if (!worthRetrying(status)) {
      return Outcome.failPermanently(reason);
    }
    return answer
        .header("Retry-After")
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

  private static String excerpt(OutboundAnswer answer, ResponseBody body) {
    if (answer.status() / 100 == 3) {
      return "; redirects are not followed, it leads to "
          + cut(answer.header("Location").orElse("nowhere"));
    }
    Object value = body.value();
    return value == null ? "" : ": " + cut(value.toString());
  }

  private static String cut(String text) {
    return text.length() <= 200 ? text : text.substring(0, 200) + "…";
  }
}
