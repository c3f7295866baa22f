package io.legwork.producer.submission;

import io.legwork.problems.ProblemException;
import io.legwork.problems.ProblemType;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the key that makes a repeated submission the same submission
 * (draft-ietf-httpapi-idempotency-key-header-07): a string in quotes as the draft has it, or plain
 * as many clients send it.
 */
final class IdempotencyHeader {

  static final String NAME = "Idempotency-Key";
  static final String REPLAYED = "Idempotent-Replayed";

  private static final int MAX_LENGTH = 255;
  private static final Pattern QUOTED =
      Pattern.compile("\"((?:[!#-\\[\\]-~]|\\\\[\"\\\\]){1,510})\"");
  private static final Pattern PLAIN = Pattern.compile("[!#-~]{1,255}");

  private IdempotencyHeader() {}

  /**
   * The key among the values of all headers of that name.
   *
   * @return null if there is no such header
   * @throws ProblemException if there is more than one, or one that is no key
   */
  static @Nullable String read(List<String> values) {
    if (values.isEmpty()) {
      return null;
    }
    if (values.size() > 1) {
      throw invalid("there must be one " + NAME + " header");
    }
    String value = values.getFirst().strip();
    Matcher quoted = QUOTED.matcher(value);
    if (quoted.matches()) {
      String key = quoted.group(1).replaceAll("\\\\(.)", "$1");
      if (key.length() <= MAX_LENGTH) {
        return key;
      }
    } else if (PLAIN.matcher(value).matches()) {
      return value;
    }
    throw invalid("it must be 1 to 255 visible ASCII characters, in quotes or without any");
  }

  private static ProblemException invalid(String detail) {
    return new ProblemException(ProblemType.INVALID_IDEMPOTENCY_KEY, detail);
  }
}
