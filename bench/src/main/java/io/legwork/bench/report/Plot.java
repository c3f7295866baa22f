package io.legwork.bench.report;

import io.legwork.bench.report.Series.Point;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/** Draws lines over a common pair of axes that begin at zero. */
final class Plot {

  private static final int WIDTH = 520;
  private static final int HEIGHT = 240;
  private static final int LEFT = 60;
  private static final int TOP = 10;
  private static final int BOTTOM = 25;
  private static final int LEGEND = 18;
  private static final int MARKS = 4;
  private static final List<String> COLOURS =
      List.of("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#777777");

  private final double highestX;
  private final double highestY;

  private Plot(List<Series> lines) {
    this.highestX = round(lines.stream().flatMap(l -> l.points().stream()).mapToDouble(Point::x));
    this.highestY = round(lines.stream().flatMap(l -> l.points().stream()).mapToDouble(Point::y));
  }

  /** An SVG element. */
  static String svg(List<Series> lines) {
    var plot = new Plot(lines);
    var text = new StringBuilder();
    int height = HEIGHT + LEGEND * lines.size();
    text.append(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" font-size=\"11\""
            .formatted(WIDTH, height));
    text.append(" fill=\"currentColor\">\n");
    text.append(plot.axes());
    for (int i = 0; i < lines.size(); i++) {
      text.append(plot.line(lines.get(i), COLOURS.get(i % COLOURS.size()), i));
    }
    return text.append("</svg>").toString();
  }

  private String axes() {
    var text = new StringBuilder();
    for (int i = 0; i <= MARKS; i++) {
      double x = highestX * i / MARKS;
      double y = highestY * i / MARKS;
      text.append(
          String.format(
              Locale.ROOT,
              "<line x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\" stroke=\"#8885\"/>\n",
              LEFT,
              WIDTH,
              down(y),
              down(y)));
      text.append(
          String.format(
              Locale.ROOT,
              "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>\n",
              LEFT - 5,
              down(y) + 4,
              Numbers.of(y)));
      text.append(
          String.format(
              Locale.ROOT,
              "<text x=\"%.1f\" y=\"%d\" text-anchor=\"%s\">%s</text>\n",
              across(x),
              HEIGHT - 8,
              i == MARKS ? "end" : "middle",
              Numbers.of(x)));
    }
    return text.toString();
  }

  private String line(Series series, String colour, int index) {
    var points =
        series.points().stream()
            .map(point ->
                String.format(Locale.ROOT, "%.1f,%.1f", across(point.x()), down(point.y())))
            .collect(Collectors.joining(" "));
    int y = HEIGHT + LEGEND * index + 8;
    return String.format(
        Locale.ROOT,
        "<polyline fill=\"none\" stroke=\"%s\" stroke-width=\"1.5\" points=\"%s\"/>\n"
            + "<rect x=\"%d\" y=\"%d\" width=\"14\" height=\"4\" fill=\"%s\"/>"
            + "<text x=\"%d\" y=\"%d\">%s</text>\n",
        colour,
        points,
        LEFT,
        y,
        colour,
        LEFT + 20,
        y + 6,
        HtmlPage.escaped(series.name()));
  }

  private double across(double x) {
    return LEFT + (WIDTH - LEFT) * x / highestX;
  }

  private double down(double y) {
    return HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * y / highestY;
  }

  /** The next number up that has one or two digits and then zeros, so that marks can be read. */
  private static double round(DoubleStream values) {
    double highest = values.max().orElse(1);
    if (highest <= 0) {
      return 1;
    }
    double unit = Math.pow(10, Math.floor(Math.log10(highest)));
    return Math.ceil(highest / unit * 2) / 2 * unit;
  }
}
