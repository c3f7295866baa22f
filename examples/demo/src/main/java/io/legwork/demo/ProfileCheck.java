package io.legwork.demo;

import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * Expects a profile of a CSV file with a certain number of rows, and sums it up.
 *
 * @param name the file's name
 * @param rows how many rows it has
 */
record ProfileCheck(String name, int rows) implements ResultCheck {

  @Override
  public String check(JsonNode result) {
    var counted = result.path("rows").asInt(-1);
    if (counted != rows) {
      throw new WrongResultException(
          "%s has %,d rows, the profile says %,d".formatted(name, rows, counted));
    }
    var columns =
        result
            .path("columns")
            .valueStream()
            .map(column -> column.path("name").asString("?"))
            .collect(Collectors.joining(", "));
    return "%-20s %,6d rows: %s".formatted(name, rows, columns);
  }
}
