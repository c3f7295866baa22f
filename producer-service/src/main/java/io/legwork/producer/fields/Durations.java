package io.legwork.producer.fields;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them: {@code 30s}, {@code 5m}, or ISO 8601 as in {@code PT30S}. */
public final class Durations {

  private static final Pattern SHORT = Pattern.compile("(-?\\d{1,15})(ms|s|m|h|d)");
  private static final Pattern ISO = Pattern.compile("[-+]?P[-+0-9.DTHMS]{1,40}");

  private static final Map<String, ChronoUnit> UNITS = units();

  private Durations() {}

  private static Map<String, ChronoUnit> units() {
    Map<String, ChronoUnit> units = new LinkedHashMap<>();
    units.put("d", ChronoUnit.DAYS);
    units.put("h", ChronoUnit.HOURS);
    units.put("m", ChronoUnit.MINUTES);
    units.put("s", ChronoUnit.SECONDS);
    units.put("ms", ChronoUnit.MILLIS);
    return units;
  }

  /**
   * Reads a duration.
   *
   * @throws UnreadableException if it is none
   */
  static Duration parse(String text) {
    try {
      Matcher matcher = SHORT.matcher(text);
      if (matcher.matches()) {
        return Duration.of(Long.parseLong(matcher.group(1)), UNITS.get(matcher.group(2)));
      }
      if (ISO.matcher(text).matches()) {
        return Duration.parse(text);
      }
    } catch (DateTimeException | ArithmeticException _) {
      // Told like anything else that is no duration.
    }
    throw new UnreadableException(
        "must be a duration such as \"250ms\", \"30s\", \"5m\", \"2h\", \"1d\" or \"PT30S\"");
  }

  /** The duration that a text is, if it is one. */
  public static Optional<Duration> parsed(String text) {
    try {
      return Optional.of(parse(text));
    } catch (UnreadableException noDuration) {
      return Optional.empty();
    }
  }

  /** Writes a duration of whole milliseconds in the largest unit that fits. */
  public static String write(Duration duration) {
    return UNITS.entrySet().stream()
        .filter(unit -> duration.toMillis() % unit.getValue().getDuration().toMillis() == 0)
        .findFirst()
        .map(unit -> duration.dividedBy(unit.getValue().getDuration()) + unit.getKey())
        .orElseGet(duration::toString);
  }
}
