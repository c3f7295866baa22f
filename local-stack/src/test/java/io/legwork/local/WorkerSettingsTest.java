package io.legwork.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.legwork.local.service.Command;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkerSettingsTest {

  private final ByteArrayOutputStream output = new ByteArrayOutputStream();

  @TempDir private Path root;

  @Test
  void tellsAShellWhereTheSystemIs() {
    var settings = StackSettings.choose();
    settings.save(home().settings());

    assertThat(settings()).isZero();

    var script = output.toString(StandardCharsets.UTF_8) + "echo \"$SPRING_DATASOURCE_URL\"";
    assertThat(new Command("sh", "-c", script).run(Duration.ofSeconds(30)).strip())
        .startsWith("jdbc:postgresql://127.0.0.1:" + settings.port(Port.DATABASE) + "/");
    assertThat(script)
        .contains("export SPRING_RABBITMQ_PORT='" + settings.port(Port.BROKER) + "'")
        .contains("export SPRING_RABBITMQ_PASSWORD=")
        .doesNotContain("SERVER_PORT");
  }

  @Test
  void saysWhatToDoWhereNothingWasStartedYet() {
    assertThat(settings()).isOne();
    assertThat(output.size()).isZero();
  }

  private int settings() {
    var terminal = new Terminal(new PrintStream(output, true, StandardCharsets.UTF_8));
    return new Legwork(home(), terminal).run(List.of("settings"));
  }

  private Home home() {
    return new Home(root, root.resolve(".legwork"));
  }
}
