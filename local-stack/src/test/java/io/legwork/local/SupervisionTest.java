package io.legwork.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.legwork.local.service.Signal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SupervisionTest {

  private static final Duration SOON = Duration.ofSeconds(30);

  @TempDir private Path folder;

  @BeforeEach
  void needsSetpriv() {
    assumeTrue(Executables.find("setpriv").isPresent(), "there is no setpriv here");
  }

  @AfterEach
  void end() {
    daemon().stop(Signal.KILL, SOON);
  }

  @Test
  void startsAgainWhatEndedOfItself() {
    start("[ $(wc -l < starts) -ge 3 ] && exec sleep 60; exit 70");

    assertThat(Readiness.within(SOON, () -> starts().size() == 3)).isTrue();
    assertThat(daemon().isRunning()).isTrue();
  }

  @Test
  void startsAgainWhatWasKilled() {
    start("exec sleep 60");
    assertThat(Readiness.within(SOON, () -> starts().size() == 1)).isTrue();

    Signal.KILL.sendTo(Long.parseLong(starts().getFirst()));

    assertThat(Readiness.within(SOON, () -> starts().size() == 2)).isTrue();
  }

  @Test
  void leavesWhatEndedWellOrCannotRun() {
    for (var code : List.of("0", "1")) {
      start("exit " + code);

      assertThat(Readiness.within(SOON, () -> !daemon().isRunning())).as(code).isTrue();
    }
    assertThat(starts()).hasSize(2);
  }

  @Test
  void handsOnTheSignalToEndAndWaits() {
    start(
        "trap 'sleep 0.2; echo ended >> ended; exit 0' TERM; echo ready > ready; sleep 60 & wait");
    assertThat(Readiness.within(SOON, () -> Files.exists(folder.resolve("ready")))).isTrue();

    daemon().stop(Signal.TERM, SOON);

    assertThat(folder.resolve("ended")).exists();
    assertThat(starts()).hasSize(1);
  }

  @Test
  void takesTheProgramAlongWhenItIsKilledItself() {
    start("exec sleep 60");
    assertThat(Readiness.within(SOON, () -> starts().size() == 1)).isTrue();
    var program = ProcessIdentity.of(Long.parseLong(starts().getFirst())).orElseThrow();

    daemon().stop(Signal.KILL, SOON);

    assertThat(Readiness.within(SOON, () -> !program.isAlive())).isTrue();
  }

  /** Starts a script that first notes its process id. */
  private void start(String script) {
    var noted = "cd '%s'; echo $$ >> starts; %s".formatted(folder, script);
    daemon()
        .start(
            new Launch(
                Supervision.of(List.of("sh", "-c", noted)),
                Map.copyOf(System.getenv()),
                folder.resolve("log"),
                true));
  }

  private List<String> starts() {
    try {
      var file = folder.resolve("starts");
      return Files.exists(file) ? Files.readAllLines(file) : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Daemon daemon() {
    return new Daemon("supervised", folder.resolve("supervised.pid"));
  }
}
