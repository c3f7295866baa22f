package io.legwork.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** The page of settings is what the services' own metadata says, which is their javadoc. */
class ConfigurationDocumentTest {

  private static final Path DOCUMENT = Path.of("..", "docs", "configuration.md");
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Chapters by the module that has the settings. */
  private static final Map<String, String> CHAPTERS = chapters();

  private static Map<String, String> chapters() {
    Map<String, String> chapters = new LinkedHashMap<>();
    chapters.put("common", "All services");
    chapters.put("producer-service", "Producer");
    chapters.put("worker-spring-boot-starter", "Workers");
    chapters.put("notifier-service", "Notifier");
    return chapters;
  }

  @Test
  void saysWhatTheMetadataSays() throws IOException {
    if (Boolean.getBoolean("legwork.docs.write")) {
      Files.writeString(DOCUMENT, rendered());
    }

    assertThat(Files.readString(DOCUMENT))
        .as(
            "docs/configuration.md; write it with ./mvnw -pl deployment-tests -am test"
                + " -Dlegwork.docs.write=true")
        .isEqualTo(rendered());
  }

  private static String rendered() throws IOException {
    StringBuilder text = new StringBuilder(introduction());
    Map<String, List<JsonNode>> properties = properties();
    for (Map.Entry<String, String> chapter : CHAPTERS.entrySet()) {
      List<JsonNode> own = properties.getOrDefault(chapter.getKey(), List.of());
      assertThat(own).as(chapter.getKey()).isNotEmpty();
      text.append("\n## ").append(chapter.getValue()).append("\n\n");
      text.append("| Variable | Default | What it is |\n|---|---|---|\n");
      own.forEach(property -> text.append(row(property)).append('\n'));
    }
    return text.toString();
  }

  private static String introduction() {
    return """
    # Settings

    Every setting is an environment variable, or a property of a file that Spring Boot reads: `LEGWORK_WORKER_TASKS` and
    `legwork.worker.tasks` are the same. A service refuses to start with a value that cannot be meant, and says why.
    Durations are written as `500ms`, `10s`, `5m`, `2h` or `30d`, sizes as `64KB`; lists are separated by commas. Where there
    is no default, nothing is set. Secrets can come from files: of a variable `X`, Spring Boot reads the file that
    `SPRING_CONFIG_IMPORT=configtree:/run/secrets/` finds under that name.

    Where the servers are is said with Spring Boot's own settings, the same for all services:

    | Variable | What it is |
    |---|---|
    | `SPRING_DATASOURCE_URL`, `_USERNAME`, `_PASSWORD` | PostgreSQL, as `jdbc:postgresql://host:5432/legwork` |
    | `SPRING_DATASOURCE_HIKARI_MAXIMUMPOOLSIZE` | connections to it |
    | `SPRING_RABBITMQ_ADDRESSES`, or `_HOST` and `_PORT`; `_USERNAME`, `_PASSWORD`, `_VIRTUALHOST` | RabbitMQ; several nodes separated by commas |
    | `SPRING_MAIL_HOST`, `_PORT`, `_USERNAME`, `_PASSWORD` | the mail server of the notifier |
    | `SERVER_PORT`, `MANAGEMENT_SERVER_PORT` | the ports: 8080 and 9080 of the producer, 9081 of a worker, 8082 and 9082 of the notifier |
    """;
  }

  private static Map<String, List<JsonNode>> properties() throws IOException {
    Map<String, List<JsonNode>> found = new LinkedHashMap<>();
    for (URL file :
        Collections.list(
            ConfigurationDocumentTest.class
                .getClassLoader()
                .getResources("META-INF/spring-configuration-metadata.json"))) {
      String module =
          CHAPTERS.keySet().stream()
              .filter(name -> file.toString().contains("/" + name + "/target/"))
              .findFirst()
              .orElse("");
      StreamSupport.stream(read(file).path("properties").spliterator(), false)
          .filter(property -> property.path("name").asText().startsWith("legwork."))
          .forEach(property -> found.computeIfAbsent(module, _ -> new ArrayList<>()).add(property));
    }
    assertThat(found.keySet()).as("modules with settings").isSubsetOf(CHAPTERS.keySet());
    return found;
  }

  private static JsonNode read(URL file) throws IOException {
    try (InputStream content = file.openStream()) {
      return JSON.readTree(content);
    }
  }

  private static String row(JsonNode property) {
    String name = property.path("name").asText();
    String description = property.path("description").asText();
    assertThat(description).as(name).isNotBlank();
    String plain = description.replaceAll("\\{@(?:code|link) ([^}]*)}", "`$1`").replace("|", "\\|");
    return "| `%s` | %s | %s |"
        .formatted(
            name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_'),
            value(property.path("defaultValue")),
            plain);
  }

  private static String value(JsonNode value) {
    String text =
        value.isArray()
            ? StreamSupport.stream(value.spliterator(), false)
                .map(JsonNode::asText)
                .collect(Collectors.joining(","))
            : value.asText("").replaceAll("^\\[|]$", "");
    return text.isEmpty() ? "" : '`' + text + '`';
  }
}
