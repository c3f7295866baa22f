package io.legwork.outbound;

import io.legwork.task.RetryPolicy;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The header Retry-After (RFC 9110, section 10.2.3): seconds, or a date in any of the three forms
 * that a recipient has to understand.
 */
public final class RetryAfterHeader {

  private static final Pattern SECONDS = Pattern.compile("\\d+");
  private static final int LONGEST_DIGITS = 9;
  private static final List<DateTimeFormatter> DATES =
      List.of(
          DateTimeFormatter.RFC_1123_DATE_TIME,
          new DateTimeFormatterBuilder()
              .appendPattern("EEEE, dd-MMM-")
              .appendValueReduced(ChronoField.YEAR, 2, 2, 2000)
              .appendPattern(" HH:mm:ss zzz")
              .toFormatter(Locale.ENGLISH),
          DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss uuuu", Locale.ENGLISH)
              .withZone(ZoneOffset.UTC));

  private RetryAfterHeader() {}

  /**
   * How long to wait from now on: zero if the time has passed, at most {@link RetryPolicy#LONGEST},
   * and empty if the value makes no sense.
   */
  public static Optional<Duration> parse(String value, Instant now) {
    String stripped = value.strip();
    Optional<Duration> wait =
        SECONDS.matcher(stripped).matches()
            ? Optional.of(seconds(stripped))
            : date(stripped).map(until -> Duration.between(now, until));
    return wait.map(RetryAfterHeader::bounded);
  }

  private static Duration seconds(String digits) {
    return digits.length() > LONGEST_DIGITS
        ? RetryPolicy.LONGEST
        : Duration.ofSeconds(Long.parseLong(digits));
  }

  private static Optional<Instant> date(String text) {
    return DATES.stream().flatMap(form -> date(text, form).stream()).findFirst();
  }

  private static Optional<Instant> date(String text, DateTimeFormatter form) {
    try {
      return Optional.of(form.parse(text, ZonedDateTime::from).toInstant());
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private static Duration bounded(Duration wait) {
    if (wait.isNegative()) {
      return Duration.ZERO;
    }
    return wait.compareTo(RetryPolicy.LONGEST) > 0 ? RetryPolicy.LONGEST : wait;
  }
}
