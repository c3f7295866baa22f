package io.legwork.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two minutes of faults from a fixed seed, under load, and the time to come to rest. */
@Tag("chaos")
class ChaosIT {

  private static final String SEED = "7";
  private static final int LIMIT_MINUTES = 8;
  private static final Path OUTPUT = Path.of("target", "chaos.txt");

  @Test
  void losesNothingWhateverHappens() throws IOException, InterruptedException {
    var builder =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:+UseSerialGC",
                    "-Dslf4j.internal.verbosity=ERROR",
                    "-jar",
                    Path.of("target", "system-tests-0.1.0-SNAPSHOT.jar").toString(),
                    "--root",
                    "..",
                    "--out",
                    Path.of("target", "chaos").toString(),
                    "--minutes",
                    "2",
                    "--seed",
                    SEED,
                    "--rate",
                    "150"))
            .redirectErrorStream(true)
            .redirectOutput(OUTPUT.toFile());
    // Signals are sent to the servers' processes, so they must be processes of this machine.
    builder.environment().put("LEGWORK_TEST_INFRA", "native");

    var program = builder.start();

    try {
      assertThat(program.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)).as("it ends").isTrue();
      var output = Files.readString(OUTPUT);
      assertThat(program.exitValue()).as(output).isZero();
      assertThat(output).contains("GREEN");
    } finally {
      program.destroy();
    }
  }
}
