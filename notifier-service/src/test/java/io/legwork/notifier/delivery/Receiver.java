package io.legwork.notifier.delivery;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.legwork.task.Callback;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** An endpoint that receives webhooks and answers as it is told, 204 if it is told nothing. */
final class Receiver implements AutoCloseable {

  private final LinkedBlockingQueue<Request> requests = new LinkedBlockingQueue<>();
  private final Deque<Reply> replies = new ArrayDeque<>();
  private final CountDownLatch released = new CountDownLatch(1);
  private final HttpServer server;
  private volatile boolean silent;

  /**
   * A request as it came.
   *
   * @param headers with names in lower case
   */
  record Request(String method, Map<String, List<String>> headers, String body, long nanos) {

    String header(String name) {
      return headers.getOrDefault(name, List.of("")).getFirst();
    }
  }

  /** An answer. */
  record Reply(int status, Map<String, String> headers, String body) {

    static Reply of(int status) {
      return new Reply(status, Map.of(), "");
    }
  }

  Receiver() {
    this("127.0.0.1", 0);
  }

  /**
   * @param port 0 for any
   */
  Receiver(String address, int port) {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral(address), port), 0);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    server.createContext("/", this::handle);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  /** The next requests are answered like this, in order. */
  Receiver replying(Reply... next) {
    synchronized (replies) {
      replies.addAll(List.of(next));
    }
    return this;
  }

  /** Requests are taken and never answered. */
  Receiver silent() {
    silent = true;
    return this;
  }

  Callback callback(@Nullable String secret) {
    return new Callback(URI.create("http://127.0.0.1:" + port() + "/hook?a=b"), secret);
  }

  int port() {
    return server.getAddress().getPort();
  }

  /** Waits for the next request. */
  Request next() throws InterruptedException {
    Request request = requests.poll(20, TimeUnit.SECONDS);
    if (request == null) {
      throw new AssertionError("no request came");
    }
    return request;
  }

  /** How many requests came that were not taken. */
  int waiting() {
    return requests.size();
  }

  private void handle(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    Map<String, List<String>> headers = new TreeMap<>();
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values));
    requests.add(new Request(exchange.getRequestMethod(), headers, body, System.nanoTime()));
    if (silent) {
      awaitRelease();
    }
    answer(exchange, reply());
  }

  private void awaitRelease() {
    try {
      released.await();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private Reply reply() {
    synchronized (replies) {
      return replies.isEmpty() ? Reply.of(204) : replies.removeFirst();
    }
  }

  private static void answer(HttpExchange exchange, Reply reply) throws IOException {
    byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
    reply.headers().forEach((name, value) -> exchange.getResponseHeaders().add(name, value));
    exchange.sendResponseHeaders(reply.status(), bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    released.countDown();
    server.stop(0);
  }
}
