package io.legwork.bench.report;

import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * What one round of one kind has shown.
 *
 * @param name what was measured, such as {@code batch}
 * @param round counts from 1
 * @param load the load average of the machine when the round began
 * @param problems why the figures are void; empty if they are not
 */
public record Measurement(
    String name,
    int round,
    double load,
    List<Figure> figures,
    List<Series> series,
    List<String> problems) {

  /** Takes copies. */
  public Measurement {
    figures = List.copyOf(figures);
    series = List.copyOf(series);
    problems = List.copyOf(problems);
  }

  /** A figure by its name. */
  public OptionalDouble value(String figure) {
    return figures.stream()
        .filter(candidate -> candidate.name().equals(figure))
        .mapToDouble(Figure::value)
        .findFirst();
  }

  /** The same with one more figure. */
  public Measurement with(Figure figure) {
    var more = Stream.concat(figures.stream(), Stream.of(figure)).toList();
    return new Measurement(name, round, load, more, series, problems);
  }

  /** The same with more lines. */
  public Measurement withSeries(List<Series> others) {
    var more = Stream.concat(series.stream(), others.stream()).toList();
    return new Measurement(name, round, load, figures, more, problems);
  }

  /** The same with one more reason not to quote it. */
  public Measurement voidBecause(String problem) {
    var more = Stream.concat(problems.stream(), Stream.of(problem)).toList();
    return new Measurement(name, round, load, figures, series, more);
  }

  /** Whether its figures may be quoted. */
  public boolean isValid() {
    return problems.isEmpty();
  }
}
