package io.legwork.producer.waiting;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a client prefers (RFC 7240). Preferences that are unknown or cannot be read are ignored, and
 * of a preference that is given twice the first counts.
 *
 * @param respondAsync whether the answer should not wait for the end of the task; together with a
 *     wait it means the same as the wait alone
 * @param patience how long the answer may wait, capped; zero if it is not to wait
 */
public record Preferences(boolean respondAsync, Duration patience) {

  /** The name of the request header. */
  public static final String HEADER = "Prefer";

  /** The name of the response header that names the preferences that were honoured. */
  public static final String APPLIED = "Preference-Applied";

  /** How long an answer waits at most. */
  public static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

  private static final Pattern PREFERENCE =
      Pattern.compile(
          "\\s*([!#$%&'*+.^_`|~0-9A-Za-z-]+)\\s*(?:=\\s*\"?([^\";,]*)\"?\\s*)?(?:;.*)?");

  /** Reads the values of all headers of that name. */
  public static Preferences of(List<String> headers) {
    Map<String, String> given = new HashMap<>();
    for (String header : headers) {
      for (String part : header.split(",", -1)) {
        Matcher matcher = PREFERENCE.matcher(part);
        if (matcher.matches()) {
          String value = Optional.ofNullable(matcher.group(2)).orElse("");
          given.putIfAbsent(matcher.group(1).toLowerCase(Locale.ROOT), value.strip());
        }
      }
    }
    return new Preferences(
        given.containsKey("respond-async"), wait(given.getOrDefault("wait", "")));
  }

  private static Duration wait(String seconds) {
    if (!seconds.matches("[0-9]{1,9}")) {
      return Duration.ZERO;
    }
    Duration wait = Duration.ofSeconds(Integer.parseInt(seconds));
    return wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
  }

  /** Whether the answer is to wait. */
  public boolean waits() {
    return patience.isPositive();
  }

  /** The value of {@link #APPLIED}, or nothing if no preference was honoured. */
  public Optional<String> applied() {
    List<String> honoured = new ArrayList<>();
    if (respondAsync) {
      honoured.add("respond-async");
    }
    if (waits()) {
      honoured.add("wait=" + patience.toSeconds());
    }
    return honoured.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", honoured));
  }
}
