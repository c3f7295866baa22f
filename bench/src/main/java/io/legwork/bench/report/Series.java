package io.legwork.bench.report;

import java.util.List;

/**
 * A line of a plot.
 *
 * @param plot which plot it belongs to, such as {@code CPU}
 * @param name what the line shows
 */
public record Series(String plot, String name, List<Point> points) {

  /** A point of it, in the units of the plot. */
  public record Point(double x, double y) {}

  /** Takes a copy. */
  public Series {
    points = List.copyOf(points);
  }
}
