package io.legwork.notifier.delivery;

import io.legwork.ledger.LeasedDelivery;
import io.legwork.notifier.delivery.Answer.Answered;
import io.legwork.notifier.delivery.Answer.Impossible;
import io.legwork.notifier.delivery.Answer.Unanswered;
import io.legwork.notifier.delivery.Destination.Webhook;
import io.legwork.outbound.ForbiddenAddressException;
import io.legwork.outbound.OutboundAnswer;
import io.legwork.outbound.OutboundClient;
import io.legwork.outbound.OutboundPolicy;
import io.legwork.outbound.OutboundRequest;
import io.legwork.outbound.RetryAfterHeader;
import io.legwork.outbound.WebhookAgent;
import io.legwork.task.Json;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the request of Standard Webhooks 1.0. A message has an id by which a repetition is
 * recognised, so it may be repeated at once where a connection turns out to be closed. Thread-safe.
 */
final class WebhookClient implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(WebhookClient.class);
  private static final int LONGEST_ERROR = 500;

  /** How much of an answer is kept. */
  private static final int KEPT = 4 * 1024;

  private final OutboundPolicy policy;
  private final OutboundClient client;
  private final Duration connectTimeout;
  private final Duration timeout;
  private final InstantSource clock;

  /**
   * @param policy where webhooks may go, whatever was allowed when they were asked for
   */
  WebhookClient(OutboundPolicy policy, WebhooksProperties properties, InstantSource clock) {
    this.policy = policy;
    this.connectTimeout = properties.connectTimeout();
    this.timeout = properties.timeout();
    this.clock = clock;
    this.client = new OutboundClient(policy, connectTimeout);
  }

  /** Sends the message and waits for the answer, within the time an attempt may take. */
  Sent send(LeasedDelivery delivery, Json body, Webhook target) throws InterruptedException {
    String wrong = policy.wrongWith(target.url());
    if (wrong != null) {
      return new Sent(null, new Unanswered("nothing was sent: the URL " + wrong));
    }
    OutboundRequest request;
    try {
      request = request(delivery, body.bytes(), target);
    } catch (IllegalArgumentException unusable) {
      return new Sent(null, new Impossible("the webhook cannot be sent: " + unusable.getMessage()));
    }
    return new Sent(RequestHead.of(request, target.headers().keySet()), send(request));
  }

  private Answer send(OutboundRequest request) throws InterruptedException {
    try {
      OutboundAnswer answer = client.tell(request, KEPT, timeout);
      return new Answered(
          answer.status(),
          answer
              .header("Retry-After")
              .flatMap(value -> RetryAfterHeader.parse(value, clock.instant()))
              .orElse(Duration.ZERO),
          RequestHead.of(answer),
          text(answer));
    } catch (TimeoutException late) {
      return new Unanswered("no answer within %d ms".formatted(timeout.toMillis()));
    } catch (IOException failure) {
      return new Unanswered(reason(failure));
    } catch (RuntimeException failure) {
      LOG.error("webhook.failed", failure);
      return new Unanswered("the request could not be made: " + failure.getClass().getSimpleName());
    }
  }

  /** PostgreSQL's text holds every character but NUL. */
  private static String text(OutboundAnswer answer) {
    return new String(answer.body(), StandardCharsets.UTF_8).replace("\0", "");
  }

  private OutboundRequest request(LeasedDelivery delivery, byte[] body, Webhook target) {
    String id = delivery.event().toString();
    long timestamp = clock.instant().getEpochSecond();
    SortedMap<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.putAll(target.headers());
    headers.putAll(delivery.headers());
    headers.put("user-agent", WebhookAgent.NAME);
    headers.put("webhook-id", id);
    headers.put("webhook-timestamp", Long.toString(timestamp));
    headers.put(
        "webhook-signature",
        target.signers().stream()
            .map(signer -> signer.sign(id, timestamp, body))
            .collect(Collectors.joining(" ")));
    return new OutboundRequest("POST", policy.check(target.url()), headers, body);
  }

  private String reason(IOException failure) {
    String reason =
        switch (failure) {
          case ForbiddenAddressException _ -> "nothing was sent: " + failure.getMessage();
          case SocketTimeoutException _ ->
              "no connection within %d ms".formatted(connectTimeout.toMillis());
          case UnknownHostException _ -> "the name of the host is unknown";
          case ConnectException _ -> "no connection: the port is closed or the host is unreachable";
          case SSLException _ -> "no TLS connection: " + failure.getMessage();
          default -> "the connection broke: " + failure.getMessage();
        };
    return cut(reason);
  }

  private static String cut(String reason) {
    return reason.length() > LONGEST_ERROR ? reason.substring(0, LONGEST_ERROR) : reason;
  }

  /** Breaks off what is under way. */
  @Override
  public void close() {
    client.close();
  }
}
