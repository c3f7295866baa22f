package io.legwork.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A Grafana dashboard of ops, as it is provisioned. */
record Dashboard(String file, JsonNode content) {

  private static final Path FOLDER = Overlay.ROOT.resolve("ops/grafana/dashboards");
  private static final ObjectMapper JSON = new ObjectMapper();

  /** All there are. */
  static List<Dashboard> all() {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.sorted().map(Dashboard::read).toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static Dashboard read(Path file) {
    try {
      return new Dashboard(file.getFileName().toString(), JSON.readTree(file.toFile()));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(file + ": " + unreadable.getMessage(), unreadable);
    }
  }

  /** Its panels, rows left out. */
  List<JsonNode> panels() {
    return StreamSupport.stream(content.path("panels").spliterator(), false)
        .filter(panel -> !panel.path("type").asText().equals("row"))
        .toList();
  }

  /** What its panels ask Prometheus, as Grafana would for all queues, types and services. */
  List<String> queries() {
    return panels().stream()
        .flatMap(panel -> StreamSupport.stream(panel.path("targets").spliterator(), false))
        .map(target -> target.path("expr").asText())
        .map(query -> query.replace("$__rate_interval", "1m").replace("$__range", "30m"))
        .map(query -> query.replaceAll("\"\\$(queue|type|job)\"", "\".*\""))
        .toList();
  }

  @Override
  public String toString() {
    return file;
  }
}
