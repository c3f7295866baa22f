package io.legwork.examples.csv;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The result of {@code csv.profile}.
 *
 * @param rows without the header
 */
public record CsvProfile(long rows, List<Column> columns) {

  /**
   * One column.
   *
   * @param type the narrowest that every value has: integer, number, boolean, date or string
   * @param nulls how many cells are blank
   * @param distinct how many different values there are
   * @param distinctExact false if there are at least {@code distinct} of them
   * @param min the least value, a number in numeric columns, else text in alphabetical order; null
   *     if all cells are blank
   * @param max the greatest value, likewise
   * @param mean of a numeric column, else null
   */
  public record Column(
      String name,
      String type,
      long nulls,
      int distinct,
      boolean distinctExact,
      @Nullable Object min,
      @Nullable Object max,
      @Nullable Double mean) {}

  /** Takes a copy of the columns. */
  public CsvProfile {
    columns = List.copyOf(columns);
  }
}
