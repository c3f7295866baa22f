package io.legwork.producer.fields;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.regex.Pattern;

/** Points in time as RFC 3339 writes them, to the microsecond: the ledger keeps no more. */
final class Times {

  private static final Pattern LOCAL =
      Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d(:\\d\\d(\\.\\d+)?)?");
  private static final Pattern RFC_3339 =
      Pattern.compile(
          "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?(Z|[+-]\\d\\d:\\d\\d)");

  private static final int FIRST_YEAR = 1970;

  private Times() {}

  /**
   * Reads a point in time from 1970 on.
   *
   * @throws UnreadableException if it is none
   */
  static Instant parse(String text) {
    String upper = text.toUpperCase(Locale.ROOT);
    if (LOCAL.matcher(upper).matches()) {
      throw new UnreadableException("must name its zone: end with Z or an offset such as +02:00");
    }
    if (!RFC_3339.matcher(upper).matches()) {
      throw new UnreadableException("must be a time such as \"2027-01-31T09:30:00Z\" (RFC 3339)");
    }
    OffsetDateTime time = existing(upper);
    if (time.getYear() < FIRST_YEAR) {
      throw new UnreadableException("must not be before 1970");
    }
    return time.toInstant().truncatedTo(ChronoUnit.MICROS);
  }

  private static OffsetDateTime existing(String text) {
    try {
      return OffsetDateTime.parse(text);
    } catch (DateTimeException _) {
      throw new UnreadableException("must be a time that exists");
    }
  }
}
