package io.legwork.system;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A program of the application's: what tasks call, and what webhooks are sent to. */
final class TestServer implements AutoCloseable {

  /** Answers the n-th request of this server, counted from 1. */
  interface Behaviour {
    Reply reply(int number, Request request) throws InterruptedException;
  }

  record Request(String method, String path, Map<String, List<String>> headers, String body) {}

  /** An answer; immutable as long as nobody writes to the array it was made of. */
  static final class Reply {

    private final int status;
    private final Map<String, String> headers;
    private final byte[] body;

    private Reply(int status, Map<String, String> headers, byte[] body) {
      this.status = status;
      this.headers = headers;
      this.body = body;
    }

    static Reply status(int status) {
      return new Reply(status, Map.of(), new byte[0]);
    }

    static Reply of(byte[] body, String contentType) {
      return new Reply(200, Map.of("Content-Type", contentType), body);
    }

    Reply with(String header, String value) {
      return new Reply(status, Map.of(header, value), body);
    }
  }

  static {
    // The JDK's server leaves Nagle's algorithm on, which costs 40 ms per answer on loopback.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final AtomicInteger count = new AtomicInteger();
  private final Behaviour behaviour;
  private final HttpServer server;

  private TestServer(Behaviour behaviour) throws IOException {
    this.behaviour = behaviour;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
  }

  static TestServer start(Behaviour behaviour) {
    try {
      var started = new TestServer(behaviour);
      started.server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      started.server.createContext("/", started::handle);
      started.server.start();
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A server that always answers with this status. */
  static TestServer answering(int status) {
    return start((number, request) -> Reply.status(status));
  }

  String url(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  /** What has been asked so far. */
  List<Request> requests() {
    return requests;
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void handle(HttpExchange exchange) throws IOException {
    var headers = new HashMap<String, List<String>>();
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values));
    var request =
        new Request(
            exchange.getRequestMethod(),
            exchange.getRequestURI().getPath(),
            headers,
            new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    requests.add(request);
    int number = count.incrementAndGet();
    try (exchange) {
      var reply = behaviour.reply(number, request);
      reply.headers.forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
      exchange.sendResponseHeaders(reply.status, reply.body.length == 0 ? -1 : reply.body.length);
      exchange.getResponseBody().write(reply.body);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
