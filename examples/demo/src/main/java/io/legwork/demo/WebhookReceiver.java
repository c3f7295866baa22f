package io.legwork.demo;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Receives webhooks and believes only those whose signature is right and whose timestamp is recent,
 * as the reference library of Standard Webhooks judges it. Each expected webhook has a path and a
 * secret of its own.
 */
final class WebhookReceiver implements HttpHandler {

  private static final int MAX_BODY = 1 << 20;

  private final JsonMapper json = JsonMapper.shared();
  private final SecureRandom random = new SecureRandom();
  private final Map<String, Webhook> expected = new ConcurrentHashMap<>();
  private final Map<String, Arrival> arrivals = new ConcurrentHashMap<>();
  private final Set<String> messageIds = ConcurrentHashMap.newKeySet();
  private final AtomicInteger received = new AtomicInteger();
  private final AtomicInteger verified = new AtomicInteger();
  private final AtomicInteger duplicates = new AtomicInteger();
  private final ConcurrentLinkedQueue<String> faults = new ConcurrentLinkedQueue<>();

  /**
   * The first verified webhook of a task.
   *
   * @param messageId its webhook-id
   * @param event what it announces, such as task.succeeded
   * @param taskId the task it is about
   * @param nanos when it arrived, by {@link System#nanoTime()}
   */
  record Arrival(String messageId, String event, String taskId, long nanos) {}

  /**
   * What has been received so far.
   *
   * @param received all requests
   * @param verified those with a right signature
   * @param duplicates verified ones whose webhook-id had been seen before
   * @param faults what was wrong with the others, for people
   */
  record Tally(int received, int verified, int duplicates, List<String> faults) {}

  /** Starts to expect a webhook on this path; returns the secret to give to Legwork. */
  String expect(String path) {
    var bytes = new byte[32];
    random.nextBytes(bytes);
    var secret = "whsec_" + Base64.getEncoder().encodeToString(bytes);
    try {
      expected.put(path, new Webhook(secret));
    } catch (EmptyWebhookSecretException e) {
      throw new IllegalStateException(e);
    }
    return secret;
  }

  /** The webhook that arrived on this path, if one has. */
  Optional<Arrival> arrival(String path) {
    return Optional.ofNullable(arrivals.get(path));
  }

  /** How many of the expected webhooks have arrived. */
  int arrived() {
    return arrivals.size();
  }

  Tally tally() {
    return new Tally(received.get(), verified.get(), duplicates.get(), List.copyOf(faults));
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    long nanos = System.nanoTime();
    received.incrementAndGet();
    int status = receive(exchange, nanos);
    LocalServer.answer(exchange, status, "text/plain", new byte[0]);
  }

  private int receive(HttpExchange exchange, long nanos) throws IOException {
    var path = LocalServer.name(exchange);
    var webhook = expected.get(path);
    if (webhook == null) {
      faults.add("nobody expects a webhook at " + exchange.getRequestURI());
      return 404;
    }
    var body = exchange.getRequestBody().readNBytes(MAX_BODY);
    var text = new String(body, StandardCharsets.UTF_8);
    var headers = lowerCase(exchange);
    try {
      webhook.verify(text, headers);
    } catch (WebhookVerificationException e) {
      faults.add("the webhook for " + path + " was refused: " + e.getMessage());
      return 400;
    }
    verified.incrementAndGet();
    return record(path, headers.getOrDefault("webhook-id", List.of("")).getFirst(), text, nanos);
  }

  private int record(String path, String messageId, String body, long nanos) {
    if (!messageIds.add(messageId)) {
      duplicates.incrementAndGet();
      return 204;
    }
    var event = read(body);
    var arrival =
        new Arrival(
            messageId,
            event.path("type").asString(""),
            event.path("data").path("id").asString(""),
            nanos);
    if (arrival.event().isEmpty() || arrival.taskId().isEmpty()) {
      faults.add("webhook " + messageId + " does not say what happened to which task");
      return 400;
    }
    var earlier = arrivals.putIfAbsent(path, arrival);
    if (earlier != null) {
      faults.add(
          "task %s was announced twice, as webhooks %s and %s"
              .formatted(arrival.taskId(), earlier.messageId(), messageId));
    }
    return 204;
  }

  private JsonNode read(String body) {
    try {
      return json.readTree(body);
    } catch (JacksonException e) {
      return json.missingNode();
    }
  }

  private static Map<String, List<String>> lowerCase(HttpExchange exchange) {
    var headers = new HashMap<String, List<String>>();
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values));
    return headers;
  }
}
