package io.legwork.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * Everything that one run has shown.
 *
 * @param command what was asked for
 * @param options how, as given or by default
 */
public record Report(
    String command,
    String startedAt,
    Machine machine,
    Map<String, String> options,
    List<Measurement> measurements,
    List<Ratio> ratios) {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** Takes copies. */
  public Report {
    measurements = List.copyOf(measurements);
    ratios = List.copyOf(ratios);
  }

  /** Writes {@code report.json} and {@code report.html} into a folder. */
  public void write(Path folder) throws IOException {
    var json = JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(this);
    Files.write(folder.resolve("report.json"), json);
    Files.writeString(folder.resolve("report.html"), HtmlPage.of(this));
  }

  /** Whether no measurement is void. */
  public boolean isValid() {
    return measurements.stream().allMatch(Measurement::isValid);
  }
}
