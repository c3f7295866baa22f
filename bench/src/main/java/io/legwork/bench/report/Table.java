package io.legwork.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** The report as text: the medians, and every round beside them. */
public final class Table {

  private static final int NAME_WIDTH = 34;
  private static final int VALUE_WIDTH = 12;

  private Table() {}

  /** The whole report. */
  public static String of(Report report) {
    var lines = new ArrayList<String>();
    for (String name : Medians.names(report.measurements())) {
      lines.add("");
      lines.addAll(kind(report.measurements(), name));
    }
    lines.add("");
    report
        .ratios()
        .forEach(ratio ->
            lines.add(
                "%s / %s = %s"
                    .formatted(ratio.measured(), ratio.ceiling(), Numbers.of(ratio.value()))));
    return String.join("\n", lines);
  }

  private static List<String> kind(List<Measurement> all, String name) {
    var rounds = all.stream().filter(measurement -> measurement.name().equals(name)).toList();
    var lines = new ArrayList<String>();
    var head = new StringBuilder(cell(name, -NAME_WIDTH)).append(cell("median", VALUE_WIDTH));
    rounds.forEach(round -> head.append(cell("round " + round.round(), VALUE_WIDTH)));
    lines.add(head.toString());
    for (String figure : Medians.figures(all, name)) {
      var line = new StringBuilder(cell("  " + figure, -NAME_WIDTH));
      line.append(cell(text(Medians.of(all, name, figure)), VALUE_WIDTH));
      rounds.forEach(round -> line.append(cell(text(round.value(figure)), VALUE_WIDTH)));
      lines.add(line.toString());
    }
    var load = new StringBuilder(cell("  load average before", -NAME_WIDTH));
    load.append(cell("", VALUE_WIDTH));
    rounds.forEach(round -> load.append(cell(Numbers.of(round.load()), VALUE_WIDTH)));
    lines.add(load.toString());
    rounds.forEach(round ->
        round
            .problems()
            .forEach(
                problem -> lines.add("  VOID, round %d: %s".formatted(round.round(), problem))));
    return lines;
  }

  private static String text(OptionalDouble value) {
    return value.isPresent() ? Numbers.of(value.getAsDouble()) : "-";
  }

  /** A negative width aligns to the left. */
  private static String cell(String text, int width) {
    return ("%" + width + "s").formatted(text);
  }
}
