package io.legwork.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Rows of text in columns, the first aligned left and the others right. */
final class Table {

  private static final String GAP = "  ";

  private final List<List<String>> rows = new ArrayList<>();

  Table(String... headings) {
    rows.add(List.of(headings));
  }

  /**
   * Adds a row.
   *
   * @throws IllegalArgumentException if it has not as many cells as there are headings
   */
  void row(String... cells) {
    if (cells.length != rows.getFirst().size()) {
      throw new IllegalArgumentException(
          cells.length + " cells do not fit " + rows.getFirst().size() + " headings");
    }
    rows.add(List.of(cells));
  }

  /** The headings and rows as lines. */
  List<String> lines() {
    return rows.stream().map(this::line).toList();
  }

  private String line(List<String> cells) {
    var line = new StringBuilder();
    for (int column = 0; column < cells.size(); column++) {
      var padding = " ".repeat(width(column) - cells.get(column).length());
      line.append(column == 0 ? cells.get(column) + padding : GAP + padding + cells.get(column));
    }
    return line.toString().stripTrailing();
  }

  private int width(int column) {
    return rows.stream()
        .flatMapToInt(row -> IntStream.of(row.get(column).length()))
        .max()
        .orElse(0);
  }
}
