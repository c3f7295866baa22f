package io.legwork.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The program as a whole, against a system of its own; how fast anything is does not matter. */
@Tag("bench")
class BenchIT {

  @TempDir private Path out;

  @Test
  void measuresThroughputWithAListenerAndChecksThatNothingIsLost() throws Exception {
    int code =
        Bench.run(
            List.of(
                "throughput",
                "--seconds",
                "3",
                "--rounds",
                "1",
                "--listen",
                "yes",
                "--root",
                "..",
                "--out",
                out.toString()));

    assertThat(code).isZero();
    var report = report();
    assertThat(names(report))
        .containsExactly(
            "ceiling: PerfTest", "ceiling: inserts", "batch with listener", "single with listener");
    assertThat(report.path("ratios").size()).isEqualTo(4);
    for (JsonNode measurement : report.path("measurements")) {
      assertThat(measurement.path("problems")).isEmpty();
      assertThat(figure(measurement, "tasks/s")).isPositive();
    }
    var batch = report.at("/measurements/2");
    assertThat(figure(batch, "tasks")).isGreaterThanOrEqualTo(500);
    assertThat(figure(batch, "row writes/task")).isGreaterThan(2);
    assertThat(figure(batch, "WAL bytes/task")).isGreaterThan(256);
    assertThat(figure(batch, "broker bytes/task")).isGreaterThan(100);
    for (String process : List.of("producer", "worker", "notifier", "broker", "database")) {
      assertThat(figure(batch, "CPU µs/task " + process)).as(process).isPositive();
    }
  }

  private JsonNode report() throws IOException {
    try (Stream<Path> files = Files.walk(out, 2)) {
      return files
          .filter(file -> file.endsWith("report.json"))
          .map(BenchIT::read)
          .findFirst()
          .orElseThrow();
    }
  }

  private static JsonNode read(Path file) {
    try {
      return JsonMapper.shared().readTree(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> names(JsonNode report) {
    return report.path("measurements").valueStream().map(m -> m.path("name").asString("")).toList();
  }

  private static double figure(JsonNode measurement, String name) {
    return measurement
        .path("figures")
        .valueStream()
        .filter(figure -> figure.path("name").asString("").equals(name))
        .mapToDouble(figure -> figure.path("value").asDouble(0))
        .findFirst()
        .orElseThrow(() -> new AssertionError("there is no figure " + name));
  }
}
