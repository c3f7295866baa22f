package io.legwork.demo;

import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;

/** A handler behind a real server on a free port, with a client to call it. */
final class LocalHttp implements AutoCloseable {

  private final LocalServer server;
  private final HttpClient client = HttpClient.newHttpClient();

  LocalHttp(HttpHandler handler) {
    server = LocalServer.start("127.0.0.1", true, Map.of("it", handler));
  }

  HttpResponse<byte[]> get(String name) throws IOException, InterruptedException {
    return client.send(HttpRequest.newBuilder(url(name)).build(), BodyHandlers.ofByteArray());
  }

  int post(String name, String body, Map<String, String> headers)
      throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(url(name)).POST(BodyPublishers.ofString(body));
    headers.forEach(request::header);
    return client.send(request.build(), BodyHandlers.discarding()).statusCode();
  }

  private URI url(String name) {
    return server.url("it", name);
  }

  @Override
  public void close() {
    client.shutdownNow();
    server.close();
  }
}
