package io.legwork.bench.report;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/** The middle of several rounds. */
public final class Medians {

  private Medians() {}

  /**
   * The median of a figure over the valid rounds of a kind; of an even number, the mean of the two
   * in the middle.
   */
  public static OptionalDouble of(List<Measurement> all, String name, String figure) {
    return of(
        all.stream()
            .filter(measurement -> measurement.name().equals(name) && measurement.isValid())
            .map(measurement -> measurement.value(figure))
            .filter(OptionalDouble::isPresent)
            .mapToDouble(OptionalDouble::getAsDouble)
            .toArray());
  }

  /** The median of some values. */
  public static OptionalDouble of(double... values) {
    if (values.length == 0) {
      return OptionalDouble.empty();
    }
    var sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return OptionalDouble.of(
        sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2);
  }

  /** The kinds that were measured, in the order of their first round. */
  public static List<String> names(List<Measurement> all) {
    return all.stream().map(Measurement::name).distinct().toList();
  }

  /** The figures that some round of a kind has, in order. */
  public static List<String> figures(List<Measurement> all, String name) {
    return all.stream()
        .filter(measurement -> measurement.name().equals(name))
        .flatMap(measurement -> measurement.figures().stream())
        .map(Figure::name)
        .distinct()
        .toList();
  }
}
