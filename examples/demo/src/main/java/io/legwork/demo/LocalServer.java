package io.legwork.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The HTTP server that workers and notifier talk to, on a free port. Every path segment served has
 * one handler, which sees the requests below it.
 */
final class LocalServer implements AutoCloseable {

  private static final int BACKLOG = 1024;

  static {
    // The JDK's server leaves Nagle's algorithm on, which costs 40 ms per answer on loopback.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final HttpServer server;
  private final ExecutorService threads;
  private final URI url;

  private LocalServer(HttpServer server, ExecutorService threads, URI url) {
    this.server = server;
    this.threads = threads;
    this.url = url;
  }

  /**
   * Starts serving.
   *
   * @param host the name under which others reach this server
   * @param local whether only programs on this machine may reach it
   * @param handlers the handler of each first path segment
   */
  static LocalServer start(String host, boolean local, Map<String, HttpHandler> handlers) {
    try {
      var address =
          local
              ? new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)
              : new InetSocketAddress(0);
      var server = HttpServer.create(address, BACKLOG);
      var threads = Executors.newVirtualThreadPerTaskExecutor();
      server.setExecutor(threads);
      handlers.forEach((segment, handler) -> server.createContext("/" + segment + "/", handler));
      server.start();
      var authority = (host.contains(":") ? "[" + host + "]" : host);
      var url = URI.create("http://" + authority + ":" + server.getAddress().getPort());
      return new LocalServer(server, threads, url);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The URL of something below a segment, as others reach it. */
  URI url(String segment, String name) {
    return URI.create(url + "/" + segment + "/" + name);
  }

  URI url() {
    return url;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  /** The last path segment of a request. */
  static String name(HttpExchange exchange) {
    var path = exchange.getRequestURI().getPath();
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** Answers a request and ends the exchange. */
  static void answer(HttpExchange exchange, int status, String contentType, byte[] body)
      throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      exchange.getResponseHeaders().set("Content-Type", contentType);
      exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
  }
}
