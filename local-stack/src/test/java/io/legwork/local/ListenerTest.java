package io.legwork.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ListenerTest {

  private static final String ID = "01990000-0000-7000-8000-000000000001";
  private static final String DATA =
      "{\"id\":\"%s\",\"type\":\"task.failed\",\"at\":\"2026-11-20T10:00:00Z\"}".formatted(ID);
  private static final byte[] KEY = new byte[32];

  private final LinkedBlockingQueue<List<String>> hooks = new LinkedBlockingQueue<>();
  private final LinkedBlockingQueue<String> asked = new LinkedBlockingQueue<>();
  private HttpServer server;
  private Thread listening;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/events", this::stream);
    server.createContext("/hook", this::hook);
    server.start();
    var base = "http://127.0.0.1:" + server.getAddress().getPort();
    var listener =
        new Listener(
            URI.create(base + "/events?types=a"),
            "lw_default_test",
            URI.create(base + "/hook"),
            "whsec_" + Base64.getEncoder().encodeToString(KEY),
            line -> {});
    listening = Thread.ofVirtual().start(listener::run);
  }

  @AfterEach
  void stop() {
    listening.interrupt();
    server.stop(0);
  }

  @Test
  void postsEveryEventSignedAndGoesOnAfterIt() throws Exception {
    var hook = hooks.poll(30, TimeUnit.SECONDS);

    assertThat(hook).isNotNull();
    assertThat(hook.get(0)).isEqualTo(ID);
    var mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(KEY, "HmacSHA256"));
    var signature =
        mac.doFinal((ID + "." + hook.get(1) + "." + hook.get(3)).getBytes(StandardCharsets.UTF_8));
    assertThat(hook.get(2)).isEqualTo("v1," + Base64.getEncoder().encodeToString(signature));
    assertThat(hook.get(3))
        .isEqualTo(
            "{\"type\":\"task.failed\",\"timestamp\":\"2026-11-20T10:00:00Z\",\"data\":"
                + DATA
                + "}");
    assertThat(asked.poll(30, TimeUnit.SECONDS)).isEqualTo("types=a null");
    assertThat(asked.poll(30, TimeUnit.SECONDS)).isEqualTo("types=a 7");
  }

  private void stream(HttpExchange exchange) throws IOException {
    asked.add(
        exchange.getRequestURI().getQuery()
            + " "
            + exchange.getRequestHeaders().getFirst("Last-Event-ID"));
    var text = "retry: 1000\n\nid: 7\nevent: task.failed\ndata: " + DATA + "\n\n: ping\n\n";
    exchange.sendResponseHeaders(200, 0);
    exchange.getResponseBody().write(text.getBytes(StandardCharsets.UTF_8));
    exchange.close();
  }

  private void hook(HttpExchange exchange) throws IOException {
    var headers = exchange.getRequestHeaders();
    hooks.add(
        List.of(
            headers.getFirst("webhook-id"),
            headers.getFirst("webhook-timestamp"),
            headers.getFirst("webhook-signature"),
            new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
    exchange.sendResponseHeaders(204, -1);
    exchange.close();
  }
}
