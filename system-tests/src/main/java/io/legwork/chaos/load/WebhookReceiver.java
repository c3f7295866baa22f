package io.legwork.chaos.load;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.legwork.chaos.history.History;
import io.legwork.chaos.history.Micros;
import io.legwork.chaos.history.Receipt;
import io.legwork.chaos.history.States;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Receives webhooks and verifies them with the reference library of Standard Webhooks. Refuses
 * every twentieth, so that it has to be sent again, and looks at the task of every fiftieth.
 */
public final class WebhookReceiver implements AutoCloseable {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int REFUSED = 20;
  private static final int LOOKED_AT = 50;

  static {
    // The JDK's server leaves Nagle's algorithm on, which costs 40 ms per answer on loopback.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final History history;
  private final Reader reader;
  private final Webhook verifier;
  private final HttpServer server;
  private final AtomicLong count = new AtomicLong();
  private final Set<String> told = ConcurrentHashMap.newKeySet();

  private WebhookReceiver(History history, Api api, Webhook verifier) throws IOException {
    this.history = history;
    this.reader = new Reader(api, history);
    this.verifier = verifier;
    this.server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1_000);
  }

  /** A receiver that is listening. */
  public static WebhookReceiver start(History history, Api api, String secret) {
    try {
      var receiver = new WebhookReceiver(history, api, new Webhook(secret));
      receiver.server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      receiver.server.createContext("/", receiver::handle);
      receiver.server.start();
      return receiver;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (EmptyWebhookSecretException e) {
      throw new IllegalArgumentException("the secret is empty", e);
    }
  }

  /** Where webhooks are to be sent. */
  public URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/inbox");
  }

  /** The tasks of which a webhook was accepted. */
  public Set<String> told() {
    return told;
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      var bytes = exchange.getRequestBody().readAllBytes();
      long number = count.incrementAndGet();
      int answer = number % REFUSED == 0 ? 500 : 204;
      var receipt = receipt(exchange, bytes, answer);
      history.add(receipt);
      exchange.sendResponseHeaders(answer, -1);
      if (answer / 100 == 2) {
        told.add(receipt.task());
      }
      if (number % LOOKED_AT == 1) {
        reader.read(receipt.task(), States.announcedBy(receipt.event()));
      }
    }
  }

  private Receipt receipt(HttpExchange exchange, byte[] bytes, int answer) {
    var headers = headers(exchange);
    var body = json(bytes);
    return new Receipt(
        Micros.now(),
        headers.getOrDefault("webhook-id", List.of("")).getFirst(),
        isValid(bytes, headers),
        body.path("type").asString(""),
        body.path("data").path("id").asString(""),
        body.path("data").path("state").asString(""),
        Digest.ofBytes(bytes),
        answer);
  }

  private boolean isValid(byte[] bytes, Map<String, List<String>> headers) {
    try {
      verifier.verify(new String(bytes, StandardCharsets.UTF_8), headers);
      return true;
    } catch (WebhookVerificationException e) {
      return false;
    }
  }

  private static Map<String, List<String>> headers(HttpExchange exchange) {
    var headers = new HashMap<String, List<String>>();
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values));
    return headers;
  }

  private static JsonNode json(byte[] bytes) {
    try {
      return JSON.readTree(bytes);
    } catch (JacksonException e) {
      return JSON.missingNode();
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
