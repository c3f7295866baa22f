package io.legwork.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What runs in a container needs no shell, and its health check tells what the service tells. */
class ImageTest {

  private static final Path PROBE = Path.of("..", "ops", "image", "Ready.java");

  private static final Pattern RUN_TIME =
      Pattern.compile("(?m)^(ENTRYPOINT|HEALTHCHECK .*CMD) (\\[.*])$");

  @Test
  void startsAndIsAskedWithoutAShell() throws IOException {
    String file = Files.readString(Path.of("..", "Dockerfile")).replace("\\\n", "");

    Matcher found = RUN_TIME.matcher(file);

    assertThat(found.results().map(it -> it.group(2)).toList())
        .hasSize(2)
        .allSatisfy(command ->
            assertThat(ManifestReader.YAML.readTree(command))
                .first()
                .extracting(JsonNode::asText)
                .isEqualTo("java"));
    assertThat(file).doesNotContain("\nCMD", "\nSHELL");
  }

  @ParameterizedTest
  @ValueSource(strings = {"producer-service", "worker-service", "notifier-service"})
  void isStartedByComposeAsTheImageSays(String service) throws IOException {
    JsonNode compose = ManifestReader.YAML.readTree(Path.of("..", "docker-compose.yml").toFile());

    assertThat(compose.path("services").path(service).properties())
        .isNotEmpty()
        .noneMatch(it -> List.of("entrypoint", "command", "healthcheck").contains(it.getKey()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"producer-service", "worker-service", "notifier-service"})
  void asksThePortOfTheService(String service) throws IOException {
    int port = ServiceCode.named(service).port("management.server.port");

    assertThat(Files.readString(PROBE))
        .containsIgnoringWhitespaces("case \"%s\": return %d;".formatted(service, port));
  }

  @ParameterizedTest
  @CsvSource({"200, 0", "503, 1", "404, 1"})
  void tellsWhatTheServiceTells(int status, int exitCode) throws Exception {
    HttpServer service =
        HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
    service.createContext(
        "/actuator/health/readiness",
        exchange -> {
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
    service.start();
    try {
      assertThat(ask(service.getAddress().getPort())).isEqualTo(exitCode);
    } finally {
      service.stop(0);
    }
  }

  @Test
  void tellsThatNobodyIsThere() throws Exception {
    assertThat(ask(1)).isEqualTo(1);
  }

  private static int ask(int port) throws IOException, InterruptedException {
    ProcessBuilder probe =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(), PROBE.toString());
    probe.environment().put("MANAGEMENT_SERVER_PORT", Integer.toString(port));
    return probe.inheritIO().start().waitFor();
  }
}
