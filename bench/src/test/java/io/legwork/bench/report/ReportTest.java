package io.legwork.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class ReportTest {

  private final Report good = report(MediansTest.round("batch", 1, 12_345));
  private final Report bad = report(MediansTest.round("batch", 1, 12_345, "3 tasks are lost"));

  @Test
  void tableShowsMediansAndRounds() {
    assertThat(Table.of(good)).containsPattern("tasks/s +12,345 +12,345").contains("0.3000");
  }

  @Test
  void tableSaysWhatIsVoidAndGivesItNoMedian() {
    assertThat(Table.of(bad))
        .contains("VOID, round 1: 3 tasks are lost")
        .containsPattern("tasks/s +- +12,345");
    assertThat(bad.isValid()).isFalse();
  }

  @Test
  void pageLoadsNothingAndEscapesWhatItShows(@TempDir Path folder) throws IOException {
    good.write(folder);

    var page = Files.readString(folder.resolve("report.html"));
    assertThat(page).contains("<svg", "<polyline", "worker &lt;1>");
    assertThat(page.replace("http://www.w3.org/2000/svg", ""))
        .doesNotContain("<script", "http:", "https:", "src=", "@import");
  }

  @Test
  void jsonHasWhatTheTableShows(@TempDir Path folder) throws IOException {
    good.write(folder);

    var json = JsonMapper.shared().readTree(Files.readString(folder.resolve("report.json")));
    var figure = json.at("/measurements/0/figures/0");
    assertThat(figure.path("name").asString("")).isEqualTo("tasks/s");
    assertThat(figure.path("value").asDouble(0)).isEqualTo(12_345);
    assertThat(json.at("/ratios/0/value").asDouble(0)).isEqualTo(0.3);
  }

  private static Report report(Measurement measurement) {
    return new Report(
        "throughput",
        "2026-11-21T00:00:00Z",
        new Machine(2, "a processor", 4_096, "Linux", "25"),
        Map.of(),
        List.of(measurement),
        List.of(new Ratio("batch", "ceiling", 0.3)));
  }
}
