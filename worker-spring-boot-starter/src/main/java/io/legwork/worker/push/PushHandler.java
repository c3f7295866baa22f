package io.legwork.worker.push;

import io.legwork.handler.Outcome;
import io.legwork.handler.TaskContext;
import io.legwork.outbound.ForbiddenAddressException;
import io.legwork.outbound.OutboundAnswer;
import io.legwork.outbound.OutboundClient;
import io.legwork.outbound.OutboundPolicy;
import io.legwork.outbound.OutboundRequest;
import io.legwork.outbound.RetryAfterHeader;
import io.legwork.outbound.SigningSecret;
import io.legwork.secrets.ReportKey;
import io.legwork.worker.handlers.RegisteredHandler;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Posts each attempt to an endpoint. 202 means that the endpoint reports the outcome later, under
 * the fencing token and with the report token; any other 2xx is success with the body as the
 * result; 408, 425, 429, 5xx and failures of the network are tried again; all else fails for good.
 * Thread-safe.
 */
public final class PushHandler implements RegisteredHandler.OfJson {

  /** As much as the largest result has. */
  private static final int MOST_KEPT = 1024 * 1024;

  private static final int LONGEST_EXCERPT = 200;

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final URI uri;
  private final SigningSecret secret;
  private final Map<String, String> headers;
  private final OutboundClient client;
  private final ReportKey reportKey;
  private final InstantSource clock;

  /**
   * @param reportKey of this process: whoever is given its token may report on the attempt
   * @throws IllegalArgumentException if the declaration cannot be used, or the policy refuses it
   */
  public PushHandler(
      PushDeclaration declaration,
      OutboundPolicy policy,
      OutboundClient client,
      ReportKey reportKey,
      InstantSource clock) {
    this.uri = policy.check(declaration.url());
    this.secret = declaration.signingSecret();
    this.headers = declaration.headersToSend();
    this.client = client;
    this.reportKey = reportKey;
    this.clock = clock;
  }

  @Override
  public Outcome handle(byte[] payload, TaskContext task) throws InterruptedException {
    OutboundRequest request = request(payload, task);
    Duration limit = task.remaining();
    try {
      OutboundAnswer answer = client.send(request, MOST_KEPT, limit);
      return answer.status() == 202 ? reportedLater() : judge(request, answer);
    } catch (TimeoutException late) {
      return Outcome.fail(request.name() + " was not answered within " + limit);
    } catch (ForbiddenAddressException forbidden) {
      return Outcome.failPermanently(request.name() + " was not made: " + forbidden.getMessage());
    } catch (IOException failure) {
      return Outcome.fail(request.name() + " failed: " + OutboundClient.describe(failure));
    }
  }

  /** The report ends the attempt from outside, as its timeout and a cancellation do. */
  private static Outcome reportedLater() throws InterruptedException {
    new CountDownLatch(1).await();
    throw new IllegalStateException("nothing opens the latch");
  }

  private OutboundRequest request(byte[] payload, TaskContext task) {
    byte[] body = envelope(payload, task);
    String id = task.taskId() + "." + task.fencingToken();
    long timestamp = clock.instant().getEpochSecond();
    SortedMap<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    all.put("User-Agent", "Legwork");
    task.traceparent().ifPresent(trace -> all.put("traceparent", trace));
    all.putAll(headers);
    all.put("Content-Type", "application/json");
    all.put("webhook-id", id);
    all.put("webhook-timestamp", Long.toString(timestamp));
    all.put("webhook-signature", secret.sign(id, timestamp, body));
    return new OutboundRequest("POST", uri, all, body);
  }

  /** All that the endpoint is told is in the body, so that the signature covers it. */
  private byte[] envelope(byte[] payload, TaskContext task) {
    return JSON.createObjectNode()
        .put("task", task.taskId())
        .put("type", task.type())
        .put("tenant", task.tenant())
        .put("attempt", task.attempt())
        .put("fencingToken", task.fencingToken())
        .put("reportToken", reportKey.token(task.taskId(), task.fencingToken()))
        .put("deadline", task.deadline().toString())
        .set("payload", JSON.readTree(payload))
        .toString()
        .getBytes(StandardCharsets.UTF_8);
  }

  private Outcome judge(OutboundRequest request, OutboundAnswer answer) {
    int status = answer.status();
    if (status / 100 == 2) {
      return answer.truncated()
          ? Outcome.failPermanently(
              request.name() + " was answered with more than %,d bytes".formatted(MOST_KEPT))
          : result(request, answer);
    }
    String reason = request.name() + " was answered " + status + excerpt(answer);
    if (!worthRetrying(status)) {
      return Outcome.failPermanently(reason);
    }
    return answer
        .header("Retry-After")
        .flatMap(value -> RetryAfterHeader.parse(value, clock.instant()))
        .map(delay -> Outcome.retryAfter(delay, reason))
        .orElseGet(() -> Outcome.fail(reason));
  }

  private static Outcome result(OutboundRequest request, OutboundAnswer answer) {
    if (answer.body().length == 0) {
      return Outcome.succeed();
    }
    try {
      return Outcome.succeed(JSON.readTree(answer.body()));
    } catch (JacksonException malformed) {
      return Outcome.failPermanently(
          request.name() + " succeeded, but was answered with something else than JSON");
    }
  }

  private static boolean worthRetrying(int status) {
    return status >= 500 || status == 408 || status == 425 || status == 429;
  }

  private static String excerpt(OutboundAnswer answer) {
    String text = new String(answer.body(), StandardCharsets.UTF_8).strip();
    if (text.isEmpty()) {
      return "";
    }
    return ": "
        + (text.length() <= LONGEST_EXCERPT ? text : text.substring(0, LONGEST_EXCERPT) + "…");
  }
}
