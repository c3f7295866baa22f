package io.legwork.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Serves the files it was given by their names, and nothing else. */
final class FileServer implements HttpHandler {

  private static final Map<String, String> CONTENT_TYPES =
      Map.of("jpg", "image/jpeg", "png", "image/png", "csv", "text/csv");

  private final Map<String, Path> files;

  FileServer(Map<String, Path> files) {
    this.files = Map.copyOf(files);
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    var name = LocalServer.name(exchange);
    var file = files.get(name);
    if (file == null) {
      var text = "no such file\n".getBytes(StandardCharsets.UTF_8);
      LocalServer.answer(exchange, 404, "text/plain", text);
      return;
    }
    var extension = name.substring(name.lastIndexOf('.') + 1);
    var contentType = CONTENT_TYPES.getOrDefault(extension, "application/octet-stream");
    LocalServer.answer(exchange, 200, contentType, Files.readAllBytes(file));
  }
}
