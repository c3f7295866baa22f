package io.legwork.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.legwork.local.service.Signal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestFolderTest {

  @TempDir private Path base;

  @Test
  void stopsWhatAKilledJvmLeftRunning() throws Exception {
    var abandoned = base.resolve("jvm-1");
    Files.createDirectories(abandoned);
    Files.writeString(abandoned.resolve("owner.pid"), "1 another boot:1\n");
    var server = new Daemon("server", abandoned.resolve("broker/broker.pid"));
    server.start(
        new Launch(
            List.of("sleep", "60"), Map.of(), abandoned.resolve("broker/broker.log"), false));
    var process = server.running().orElseThrow();

    TestFolder.in(base);

    assertThat(process.isAlive()).isFalse();
    assertThat(abandoned).doesNotExist();
  }

  @Test
  void isClearedByOneJvmAtATime() throws Exception {
    for (int folder = 0; folder < 200; folder++) {
      var abandoned = Files.createDirectories(base.resolve("jvm-" + folder));
      Files.writeString(abandoned.resolve("owner.pid"), "1 another boot:1\n");
      Files.createDirectories(abandoned.resolve("broker"));
    }

    var jvms = new ArrayList<Process>();
    for (int jvm = 0; jvm < 4; jvm++) {
      jvms.add(Beginner.begin(base));
    }

    for (var jvm : jvms) {
      var said = new String(jvm.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(jvm.waitFor()).as(said).isZero();
    }
  }

  @Test
  void leavesTheServersOfALivingJvmAlone() {
    var first = TestFolder.in(base);
    var server = new Daemon("server", first.resolve("broker").resolve("broker.pid"));
    server.start(new Launch(List.of("sleep", "60"), Map.of(), base.resolve("log"), false));

    TestFolder.in(base);

    assertThat(server.isRunning()).isTrue();
    server.stop(Signal.KILL, Duration.ofSeconds(10));
  }

  /** A JVM whose tests begin. */
  static final class Beginner {

    static Process begin(Path base) throws IOException {
      var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
      var classes = System.getProperty("java.class.path");
      return new ProcessBuilder(java, "-cp", classes, Beginner.class.getName(), base.toString())
          .redirectErrorStream(true)
          .start();
    }

    public static void main(String... arguments) {
      TestFolder.in(Path.of(arguments[0]));
    }
  }
}
