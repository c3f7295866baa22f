package io.legwork.examples.source;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.SimpleFileServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Serves examples/data, and whatever else a test puts there, on loopback. */
public final class FileServer implements AutoCloseable {

  private static final Path DATA = Path.of("../data").toAbsolutePath().normalize();

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server;

  public FileServer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/data/", SimpleFileServer.createFileHandler(DATA));
    server.setExecutor(threads);
    server.start();
  }

  /** The URL of one of the sample files. */
  public String data(String name) {
    return url("/data/" + name);
  }

  public String url(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  /** Has a path answered in a certain way. */
  public String serve(String path, HttpHandler handler) {
    server.createContext(path, handler);
    return url(path);
  }

  public String serve(String path, byte[] body) {
    return serve(path, exchange -> answer(exchange, 200, body));
  }

  public String serve(String path, String body) {
    return serve(path, body.getBytes(StandardCharsets.UTF_8));
  }

  public String serveStatus(int status) {
    return serve("/status/" + status, exchange -> answer(exchange, status, new byte[0]));
  }

  private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
    try (exchange) {
      exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
