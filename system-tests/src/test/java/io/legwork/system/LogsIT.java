package io.legwork.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The logs as the images write them: for programs. */
class LogsIT {

  private final Legwork legwork = Legwork.shared();

  @Test
  void haveAnObjectALineInTheElasticCommonSchema() {
    for (ServiceProcess service : legwork.services()) {
      List<JsonNode> lines =
          service.log().lines().filter(LogsIT::isWhole).map(LogsIT::read).toList();

      assertThat(lines)
          .as(service.toString())
          .isNotEmpty()
          .allSatisfy(line -> {
            assertThat(line.path("@timestamp").asString()).isNotEmpty();
            assertThat(line.path("ecs").path("version").asString()).isNotEmpty();
            assertThat(line.path("log").path("level").asString()).isNotEmpty();
            assertThat(line.path("message").asString()).isNotEmpty();
            assertThat(line.path("service").path("name").asString()).endsWith("-service");
          });
      assertThat(service.log().lines()).as("lines of stack traces").noneMatch(this::isOfATrace);
    }
  }

  /** The last line of a process that was killed may not be; the JVM writes lines of its own. */
  private static boolean isWhole(String line) {
    return line.startsWith("{") && line.endsWith("}");
  }

  private boolean isOfATrace(String line) {
    return line.startsWith("\tat ") || line.startsWith("Caused by:");
  }

  private static JsonNode read(String line) {
    return JsonMapper.shared().readTree(line);
  }
}
