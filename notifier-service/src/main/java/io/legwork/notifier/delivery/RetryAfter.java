package io.legwork.notifier.delivery;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/** Reads the header Retry-After (RFC 9110, section 10.2.3). */
final class RetryAfter {

  /** Longer than anything that is honoured, and short enough to be calculated with. */
  private static final int MOST_DIGITS = 9;

  private RetryAfter() {}

  /** How long to wait; zero if the header cannot be read or names a time that is over. */
  static Duration parse(String header, Instant now) {
    String value = header.strip();
    if (!value.isEmpty() && value.chars().allMatch(unit -> unit >= '0' && unit <= '9')) {
      return seconds(value);
    }
    try {
      Instant at = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      return at.isAfter(now) ? Duration.between(now, at) : Duration.ZERO;
    } catch (DateTimeException unreadable) {
      return Duration.ZERO;
    }
  }

  private static Duration seconds(String digits) {
    String significant = digits.replaceFirst("^0+(?=.)", "");
    return Duration.ofSeconds(
        significant.length() > MOST_DIGITS ? 999_999_999 : Long.parseLong(significant));
  }
}
