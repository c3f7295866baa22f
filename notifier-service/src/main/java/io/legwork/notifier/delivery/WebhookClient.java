package io.legwork.notifier.delivery;

import io.legwork.ledger.LeasedDelivery;
import io.legwork.notifier.delivery.Answer.Answered;
import io.legwork.notifier.delivery.Answer.Impossible;
import io.legwork.notifier.delivery.Answer.Unanswered;
import io.legwork.notifier.delivery.Destination.Webhook;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the request of Standard Webhooks 1.0. Thread-safe. */
final class WebhookClient implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(WebhookClient.class);
  private static final String USER_AGENT = "Legwork-Webhooks/1.0";
  private static final int LONGEST_ERROR = 500;

  static {
    // A receiver may close an idle connection just as it is used again. A message has an id by
    // which a repetition is recognised, so the client may repeat it at once on a new connection.
    System.setProperty("jdk.httpclient.enableAllMethodRetry", "true");
  }

  private final HttpClient client;
  private final Duration connectTimeout;
  private final Duration timeout;
  private final InstantSource clock;

  WebhookClient(WebhooksProperties properties, InstantSource clock) {
    this.connectTimeout = properties.connectTimeout();
    this.timeout = properties.timeout();
    this.clock = clock;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(connectTimeout)
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();
  }

  /** Sends the message and waits for the answer, within the time an attempt may take. */
  Sent send(LeasedDelivery delivery, Webhook target) throws InterruptedException {
    HttpRequest request;
    try {
      request = request(delivery, target);
    } catch (IllegalArgumentException unusable) {
      return new Sent(null, new Impossible("the webhook cannot be sent: " + unusable.getMessage()));
    }
    return new Sent(RequestHead.of(request, target.headers().keySet()), send(request));
  }

  private Answer send(HttpRequest request) throws InterruptedException {
    long start = System.nanoTime();
    try {
      HttpResponse<String> response =
          client.send(
              request, head -> new AnswerBody(timeout.minusNanos(System.nanoTime() - start)));
      return new Answered(
          response.statusCode(),
          response
              .headers()
              .firstValue("retry-after")
              .map(header -> RetryAfter.parse(header, clock.instant()))
              .orElse(Duration.ZERO),
          RequestHead.of(response),
          response.body());
    } catch (IOException failure) {
      return new Unanswered(reason(failure));
    } catch (RuntimeException failure) {
      LOG.error("webhook.failed", failure);
      return new Unanswered("the request could not be made: " + failure.getClass().getSimpleName());
    }
  }

  private HttpRequest request(LeasedDelivery delivery, Webhook target) {
    String id = delivery.event().toString();
    long timestamp = clock.instant().getEpochSecond();
    byte[] body = delivery.body().bytes();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(target.url()))
            .timeout(timeout)
            .header("user-agent", USER_AGENT)
            .header("webhook-id", id)
            .header("webhook-timestamp", Long.toString(timestamp))
            .header(
                "webhook-signature",
                target.signers().stream()
                    .map(signer -> signer.sign(id, timestamp, body))
                    .collect(Collectors.joining(" ")));
    delivery.headers().forEach(request::header);
    target.headers().forEach(request::header);
    return request.POST(BodyPublishers.ofByteArray(body)).build();
  }

  private String reason(IOException failure) {
    String reason =
        switch (failure) {
          case HttpConnectTimeoutException _ ->
              "no connection within %d ms".formatted(connectTimeout.toMillis());
          case HttpTimeoutException _ -> "no answer within %d ms".formatted(timeout.toMillis());
          case ConnectException unreachable
              when unreachable.getCause() instanceof UnresolvedAddressException ->
              "the name of the host is unknown";
          case ConnectException _ -> "no connection: the port is closed or the host is unreachable";
          case SSLException _ -> "no TLS connection: " + failure.getMessage();
          default -> "the connection broke: " + failure.getMessage();
        };
    return reason.length() > LONGEST_ERROR ? reason.substring(0, LONGEST_ERROR) : reason;
  }

  /** Breaks off what is under way. */
  @Override
  public void close() {
    client.shutdownNow();
  }
}
