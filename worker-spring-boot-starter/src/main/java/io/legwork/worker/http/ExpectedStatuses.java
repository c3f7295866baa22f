package io.legwork.worker.http;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.util.BitSet;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** The statuses that make the task succeed. */
final class ExpectedStatuses {

  private static final Pattern STATUS_CLASS = Pattern.compile("[1-5]xx");

  private final BitSet statuses;

  private ExpectedStatuses(BitSet statuses) {
    this.statuses = statuses;
  }

  /** 200 to 299. */
  static ExpectedStatuses successful() {
    BitSet statuses = new BitSet();
    statuses.set(200, 300);
    return new ExpectedStatuses(statuses);
  }

  /**
   * Reads an array of statuses (204) and classes of statuses ("2xx").
   *
   * @throws IllegalArgumentException if it is not one
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static ExpectedStatuses of(JsonNode json) {
    if (!json.isArray() || json.isEmpty()) {
      throw unexpected(json);
    }
    BitSet statuses = new BitSet();
    for (JsonNode item : json) {
      add(statuses, item);
    }
    return new ExpectedStatuses(statuses);
  }

  private static void add(BitSet statuses, JsonNode item) {
    if (item.isString() && STATUS_CLASS.matcher(item.stringValue()).matches()) {
      int first = (item.stringValue().charAt(0) - '0') * 100;
      statuses.set(first, first + 100);
    } else if (item.isInt() && item.intValue() >= 100 && item.intValue() <= 599) {
      statuses.set(item.intValue());
    } else {
      throw unexpected(item);
    }
  }

  private static IllegalArgumentException unexpected(JsonNode found) {
    return new IllegalArgumentException(
        "expected an array of statuses such as [200, 404] or [\"2xx\"], found " + found);
  }

  boolean contains(int status) {
    return statuses.get(status);
  }
}
