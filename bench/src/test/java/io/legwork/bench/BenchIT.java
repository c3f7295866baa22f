package io.legwork.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
        run(
            "throughput",
            "--seconds",
            "3",
            "--warm-up",
            "5",
            "--rounds",
            "1",
            "--listen",
            "yes",
            "--ceilings",
            "no");

    assertThat(code).isZero();
    var report = report();
    assertThat(names(report)).containsExactly("batch with listener", "single with listener");
    assertThat(report.path("ratios")).isEmpty();
    for (JsonNode measurement : report.path("measurements")) {
      assertThat(measurement.path("problems")).isEmpty();
      assertThat(figure(measurement, "tasks/s")).isPositive();
    }
    var batch = measured("batch with listener");
    assertThat(figure(batch, "tasks")).isGreaterThanOrEqualTo(500);
    assertThat(figure(batch, "row writes/task")).isGreaterThan(2);
    assertThat(figure(batch, "WAL bytes/task")).isGreaterThan(256);
    assertThat(figure(batch, "broker bytes/task")).isGreaterThan(100);
    for (String process : List.of("producer", "worker", "notifier", "broker", "database")) {
      assertThat(figure(batch, "CPU µs/task " + process)).as(process).isPositive();
    }
  }

  @Test
  void holdsSinglePostsAgainstThreeCeilings() throws Exception {
    int code =
        run("throughput", "--mode", "single", "--seconds", "3", "--warm-up", "5", "--rounds", "1");

    assertThat(code).isZero();
    assertThat(names(report()))
        .containsExactly("ceiling: PerfTest", "ceiling: inserts", "ceiling: plain HTTP", "single");
    var tasks = figure(measured("single"), "tasks/s");
    assertThat(ratio("ceiling: PerfTest"))
        .isEqualTo(tasks / figure(measured("ceiling: PerfTest"), "tasks/s"));
    assertThat(ratio("ceiling: inserts"))
        .isEqualTo(tasks / figure(measured("ceiling: inserts"), "tasks/s"));
    var http = measured("ceiling: plain HTTP");
    assertThat(http.path("problems")).isEmpty();
    assertThat(figure(http, "CPU µs/request server")).isPositive();
    assertThat(figure(http, "CPU µs/request client")).isPositive();
    assertThat(ratio("ceiling: plain HTTP")).isEqualTo(tasks / figure(http, "requests/s"));
    assertThat(children()).noneMatch(command -> command.contains("bench-http-ceiling"));
  }

  @Test
  void measuresWhatGuessingKeysCosts() throws Exception {
    int code =
        run(
            "access",
            "--mode",
            "guesses",
            "--rounds",
            "1",
            "--seconds",
            "3",
            "--warm-up",
            "1",
            "--rate",
            "20");

    assertThat(code).isZero();
    assertThat(names(report()))
        .containsExactlyInAnyOrder(
            "wrong keys alone", "right key alone", "right key beside wrong ones");
    assertThat(figure(measured("right key beside wrong ones"), "wrong keys/s")).isPositive();
  }

  @Test
  void measuresReadersOfTheEventStream() throws Exception {
    int code =
        run("streams", "--streams", "20", "--rate", "20", "--seconds", "2", "--warm-up", "1");

    assertThat(code).isZero();
    assertThat(figure(measured("streams"), "received")).isEqualTo(20 * 20 * 2);
  }

  @Test
  void measuresWebhooksBesideDeadAndSlowEndpoints() throws Exception {
    int code =
        run("notifications", "--queued", "500", "--rate", "20", "--seconds", "3", "--warm-up", "1");

    assertThat(code).isZero();
    assertThat(figure(measured("webhooks"), "webhooks/s")).isPositive();
    for (String phase : List.of("alone", "beside dead and slow endpoints")) {
      assertThat(figure(measured("at 20/s " + phase), "webhooks")).as(phase).isEqualTo(60);
    }
  }

  private int run(String... arguments) throws Exception {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--root", "..", "--out", out.toString()));
    return Bench.run(all);
  }

  private JsonNode measured(String name) throws IOException {
    return report()
        .path("measurements")
        .valueStream()
        .filter(it -> it.path("name").asString("").equals(name))
        .findFirst()
        .orElseThrow();
  }

  private double ratio(String ceiling) throws IOException {
    return report()
        .path("ratios")
        .valueStream()
        .filter(it -> it.path("ceiling").asString("").equals(ceiling))
        .mapToDouble(it -> it.path("value").asDouble(0))
        .findFirst()
        .orElseThrow();
  }

  private static List<String> children() {
    return ProcessHandle.current()
        .children()
        .map(child -> child.info().commandLine().orElse(""))
        .toList();
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
