package io.legwork.chaos;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * What was asked for on the command line.
 *
 * @param root the folder of the checkout
 * @param out where histories are kept
 * @param time how long faults strike
 * @param rate tasks per second
 */
record Options(Path root, Path out, Duration time, long seed, double rate) {

  static final String USAGE =
      """
      Options: --minutes N   how long faults strike (2)
               --seed S      which faults, when, and which tasks (chosen by chance)
               --rate R      tasks per second (200)\
      """;

  private static final double SECONDS_PER_MINUTE = 60;
  private static final int SEEDS = 1_000_000;

  /**
   * Reads the arguments.
   *
   * @throws IllegalArgumentException saying what is wrong with them
   */
  static Options of(List<String> arguments) {
    var options =
        new Options(
            Path.of("."),
            Path.of(".legwork", "chaos"),
            Duration.ofMinutes(2),
            ThreadLocalRandom.current().nextInt(SEEDS),
            200);
    for (int i = 0; i < arguments.size(); i += 2) {
      if (i + 1 == arguments.size()) {
        throw new IllegalArgumentException(arguments.get(i) + " needs a value.");
      }
      options = options.with(arguments.get(i), arguments.get(i + 1));
    }
    return options;
  }

  private Options with(String name, String value) {
    try {
      return switch (name) {
        case "--root" -> new Options(Path.of(value), out, time, seed, rate);
        case "--out" -> new Options(root, Path.of(value), time, seed, rate);
        case "--minutes" -> new Options(root, out, minutes(value), seed, rate);
        case "--seed" -> new Options(root, out, time, Long.parseLong(value), rate);
        case "--rate" -> new Options(root, out, time, seed, positive(value));
        default -> throw new IllegalArgumentException("There is no option " + name + ".");
      };
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(name + " needs a number, not \"" + value + "\".", e);
    }
  }

  private static Duration minutes(String value) {
    return Duration.ofMillis((long) (positive(value) * SECONDS_PER_MINUTE * 1000));
  }

  private static double positive(String value) {
    double number = Double.parseDouble(value);
    if (!(number > 0) || Double.isInfinite(number)) {
      throw new NumberFormatException(value);
    }
    return number;
  }
}
