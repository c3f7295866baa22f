package io.legwork.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.legwork.local.service.LocalStackException;
import io.legwork.local.service.Signal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DaemonTest {

  private static final Duration GRACE = Duration.ofSeconds(10);

  @TempDir private Path folder;

  @AfterEach
  void end() {
    daemon().stop(Signal.KILL, GRACE);
  }

  @Test
  void isKnownByItsFileAlone() {
    daemon().start(launch("sleep", "60"));

    assertThat(daemon().isRunning()).isTrue();
    assertThatThrownBy(() -> daemon().start(launch("sleep", "60")))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void endsWhenAskedTo() {
    daemon().start(launch("sleep", "60"));
    var process = daemon().running().orElseThrow();

    daemon().stop(Signal.TERM, GRACE);

    assertThat(process.isAlive()).isFalse();
    assertThat(folder.resolve("daemon.pid")).doesNotExist();
  }

  @Test
  void isKilledWhenItDoesNotEnd() {
    var ready = folder.resolve("ready");
    daemon().start(launch("sh", "-c", "trap '' TERM; touch " + ready + "; sleep 60 & wait; wait"));
    assertThat(Readiness.within(GRACE, () -> Files.exists(ready))).isTrue();
    var process = daemon().running().orElseThrow();

    daemon().stop(Signal.TERM, Duration.ofMillis(200));

    assertThat(process.isAlive()).isFalse();
  }

  @Test
  void leavesAProcessAloneThatIsNotTheRecordedOne() throws Exception {
    var stranger = new ProcessBuilder("sleep", "60").start();
    try {
      Files.writeString(folder.resolve("daemon.pid"), stranger.pid() + " another boot:1\n");

      assertThat(daemon().isRunning()).isFalse();
      daemon().stop(Signal.KILL, GRACE);

      assertThat(stranger.isAlive()).isTrue();
    } finally {
      stranger.destroyForcibly();
    }
  }

  @Test
  void treatsAnUnreadableFileAsNoProcess() throws Exception {
    Files.writeString(folder.resolve("daemon.pid"), "half a li");

    assertThat(daemon().isRunning()).isFalse();
  }

  @Test
  void saysWhatCouldNotBeStarted() {
    var launch = new Launch(List.of("no-such-program"), Map.of(), folder.resolve("log"), false);

    assertThatThrownBy(() -> daemon().start(launch))
        .isInstanceOf(LocalStackException.class)
        .hasMessageContaining("daemon could not be started");
  }

  @Test
  void keepsWhatTheProcessPrints() {
    var launch = launch("sh", "-c", "echo out; echo err >&2; exec sleep 60");
    daemon().start(launch);

    assertThat(Readiness.within(GRACE, () -> Folders.tail(launch.log(), 5).size() == 2)).isTrue();
    assertThat(Folders.tail(launch.log(), 5)).containsExactly("out", "err");
  }

  @Test
  void setsALargeLogAside() throws Exception {
    var launch = launch("sh", "-c", "echo new; exec sleep 60");
    Files.write(launch.log(), new byte[17 * 1024 * 1024]);

    daemon().start(launch);

    assertThat(Readiness.within(GRACE, () -> Folders.tail(launch.log(), 5).size() == 1)).isTrue();
    assertThat(folder.resolve("log.1")).hasSize(17 * 1024 * 1024);
  }

  private Daemon daemon() {
    return new Daemon("daemon", folder.resolve("daemon.pid"));
  }

  private Launch launch(String... command) {
    return new Launch(List.of(command), Map.copyOf(System.getenv()), folder.resolve("log"), true);
  }
}
