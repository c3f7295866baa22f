package io.legwork.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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
  void leavesTheServersOfALivingJvmAlone() {
    var first = TestFolder.in(base);
    var server = new Daemon("server", first.resolve("broker").resolve("broker.pid"));
    server.start(new Launch(List.of("sleep", "60"), Map.of(), base.resolve("log"), false));

    TestFolder.in(base);

    assertThat(server.isRunning()).isTrue();
    server.stop(Signal.KILL, Duration.ofSeconds(10));
  }
}
