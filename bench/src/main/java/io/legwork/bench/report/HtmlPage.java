package io.legwork.bench.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The report as one page that loads nothing: the table, and a plot for each kind of line. */
final class HtmlPage {

  private static final String STYLE =
      """
      body { font: 15px/1.5 system-ui, sans-serif; max-width: 1100px; margin: 2em auto; padding: 0 1em; color: #222 }
      h1 { font-size: 1.5em } h2 { font-size: 1.2em; margin-top: 2em }
      pre { font: 13px/1.45 ui-monospace, monospace; overflow-x: auto; background: #f6f6f4; padding: 1em }
      figure { display: inline-block; margin: 0 1em 1em 0 } figcaption { font-weight: 600 }
      .void { color: #b00020; font-weight: 600 }
      @media (prefers-color-scheme: dark) { body { background: #191919; color: #ddd } pre { background: #242424 } }
      """;

  private HtmlPage() {}

  static String of(Report report) {
    return """
    <!doctype html>
    <html lang="en">
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width">
    <title>Legwork bench: %1$s</title>
    <style>
    %2$s</style>
    <h1>Legwork bench: %1$s</h1>
    <p>%3$s</p>
    %4$s
    <pre>%5$s</pre>
    %6$s
    </html>
    """
        .formatted(
            escaped(report.command()),
            STYLE,
            escaped(about(report)),
            report.isValid() ? "" : "<p class=\"void\">Some figures are void, see below.</p>",
            escaped(Table.of(report)),
            sections(report));
  }

  private static String about(Report report) {
    var machine = report.machine();
    return "%s. %d cores, %s, %,d MB, %s, %s. Options: %s"
        .formatted(
            report.startedAt(),
            machine.cores(),
            machine.processor(),
            machine.memoryMegabytes(),
            machine.system(),
            machine.java(),
            report.options());
  }

  private static String sections(Report report) {
    return report.measurements().stream()
        .filter(measurement -> !measurement.series().isEmpty())
        .map(HtmlPage::section)
        .collect(Collectors.joining("\n"));
  }

  private static String section(Measurement measurement) {
    var text = new StringBuilder();
    text.append(
        "<h2>%s, round %d</h2>%n".formatted(escaped(measurement.name()), measurement.round()));
    plots(measurement)
        .forEach((title, lines) ->
            text.append(
                "<figure><figcaption>%s</figcaption>%s</figure>%n"
                    .formatted(escaped(title), Plot.svg(lines))));
    return text.toString();
  }

  private static Map<String, List<Series>> plots(Measurement measurement) {
    return measurement.series().stream()
        .collect(Collectors.groupingBy(Series::plot, LinkedHashMap::new, Collectors.toList()));
  }

  static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
  }
}
