package io.legwork.bench.report;

import java.util.List;
import java.util.OptionalDouble;

/** Legwork's median rate in relation to the median of a ceiling that was measured beside it. */
public record Ratio(String measured, String ceiling, double value) {

  /** The figure that rates have in common. */
  public static final String RATE = "tasks/s";

  /** The rate of what takes requests and does no task. */
  public static final String REQUESTS = "requests/s";

  /**
   * Every rate in relation to every ceiling; a ceiling of which there is none gives nothing.
   *
   * @param limits the figure that is the rate of these ceilings
   */
  public static List<Ratio> of(
      List<Measurement> all, List<String> measured, List<String> ceilings, String limits) {
    return measured.stream()
        .flatMap(name -> ceilings.stream().map(ceiling -> of(all, name, ceiling, limits)))
        .flatMap(List::stream)
        .toList();
  }

  private static List<Ratio> of(List<Measurement> all, String name, String ceiling, String limits) {
    OptionalDouble rate = Medians.of(all, name, RATE);
    OptionalDouble limit = Medians.of(all, ceiling, limits);
    return rate.isPresent() && limit.isPresent() && limit.getAsDouble() > 0
        ? List.of(new Ratio(name, ceiling, rate.getAsDouble() / limit.getAsDouble()))
        : List.of();
  }
}
