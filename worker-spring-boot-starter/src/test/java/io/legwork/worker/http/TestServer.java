package io.legwork.worker.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server on loopback that behaves as it is told and remembers what it was asked. */
public final class TestServer implements AutoCloseable {

  /** A request as the server saw it. */
  public record Seen(String method, String uri, Map<String, List<String>> headers, String body) {

    /** The values of a header, whose name is given with one capital at its beginning. */
    public List<String> header(String name) {
      return headers.getOrDefault(name, List.of());
    }
  }

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch testIsOver = new CountDownLatch(1);
  private final BlockingQueue<Seen> seen = new ArrayBlockingQueue<>(10);
  private final HttpServer server;
  private volatile HttpHandler behaviour = HttpExchange::close;

  public TestServer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", exchange -> behaviour.handle(exchange));
    server.setExecutor(threads);
    server.start();
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Puts this server's URL in the place of %s. */
  public String fill(String template) {
    return template.replace("%s", url());
  }

  public void behave(HttpHandler newBehaviour) {
    behaviour = newBehaviour;
  }

  public void answer(int status, String body, String... headers) {
    answer(status, body.getBytes(StandardCharsets.UTF_8), headers);
  }

  public void answer(int status, byte[] body, String... headers) {
    behave(exchange -> {
      see(exchange);
      for (int i = 0; i < headers.length; i += 2) {
        exchange.getResponseHeaders().set(headers[i], headers[i + 1]);
      }
      exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
      exchange.close();
    });
  }

  private void see(HttpExchange exchange) throws IOException {
    seen.add(
        new Seen(
            exchange.getRequestMethod(),
            exchange.getRequestURI().toString(),
            Map.copyOf(exchange.getRequestHeaders()),
            new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
  }

  public Seen seen() throws InterruptedException {
    return seen.take();
  }

  public int requests() {
    return seen.size();
  }

  static void answerWithoutEnd(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, 0);
    byte[] much = "a".repeat(8192).getBytes(StandardCharsets.UTF_8);
    try (OutputStream out = exchange.getResponseBody()) {
      while (true) {
        out.write(much);
      }
    }
  }

  public void awaitEndOfTest() {
    try {
      testIsOver.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    testIsOver.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
