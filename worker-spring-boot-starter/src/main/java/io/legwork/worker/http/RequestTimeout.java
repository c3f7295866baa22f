package io.legwork.worker.http;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.time.Duration;
import java.util.regex.Pattern;
import org.springframework.boot.convert.DurationStyle;
import tools.jackson.databind.JsonNode;

/**
 * How long a task lets a request take.
 *
 * @param value positive
 */
record RequestTimeout(Duration value) {

  private static final Pattern WITH_UNIT = Pattern.compile("\\d{1,9}(ms|s|m|h|d)|P.{1,40}");

  RequestTimeout {
    if (!value.isPositive()) {
      throw new IllegalArgumentException("expected a positive duration, found " + value);
    }
  }

  /**
   * Reads "30s", "250ms" or an ISO 8601 duration.
   *
   * @throws IllegalArgumentException if it is none, or not positive
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static RequestTimeout of(JsonNode json) {
    if (!json.isString() || !WITH_UNIT.matcher(json.stringValue()).matches()) {
      throw new IllegalArgumentException(
          "expected a duration such as \"30s\", \"250ms\" or \"PT30S\", found " + json);
    }
    return new RequestTimeout(DurationStyle.detectAndParse(json.stringValue()));
  }
}
