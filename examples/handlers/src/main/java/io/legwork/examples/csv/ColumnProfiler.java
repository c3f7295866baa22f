package io.legwork.examples.csv;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Learns about a column cell by cell. Its memory is bounded, however many cells there are. */
final class ColumnProfiler {

  static final int MAX_DISTINCT = 10_000;

  private static final int LONGEST_SHOWN = 200;

  private final String name;
  private final EnumSet<ValueType> possible = EnumSet.allOf(ValueType.class);
  private final Set<String> distinct = new HashSet<>();
  private long nulls;
  private long values;
  private boolean moreDistinct;
  private @Nullable String first;
  private @Nullable String last;
  private @Nullable BigDecimal least;
  private @Nullable BigDecimal greatest;
  private BigDecimal sum = BigDecimal.ZERO;

  ColumnProfiler(String name) {
    this.name = name;
  }

  void add(String cell) {
    if (cell.isBlank()) {
      nulls++;
      return;
    }
    String value = cell.strip();
    values++;
    possible.removeIf(type -> !type.fits(value));
    count(value);
    first = first == null || value.compareTo(first) < 0 ? value : first;
    last = last == null || value.compareTo(last) > 0 ? value : last;
    if (possible.contains(ValueType.NUMBER)) {
      add(new BigDecimal(value));
    }
  }

  private void add(BigDecimal number) {
    least = least == null ? number : least.min(number);
    greatest = greatest == null ? number : greatest.max(number);
    sum = sum.add(number);
  }

  private void count(String value) {
    if (distinct.size() < MAX_DISTINCT) {
      distinct.add(value);
    } else if (!distinct.contains(value)) {
      moreDistinct = true;
    }
  }

  CsvProfile.Column profile() {
    ValueType type = values == 0 ? ValueType.STRING : possible.iterator().next();
    boolean numeric = type == ValueType.INTEGER || type == ValueType.NUMBER;
    return new CsvProfile.Column(
        name,
        type.lowerCase(),
        nulls,
        distinct.size(),
        !moreDistinct,
        numeric ? least : shown(first),
        numeric ? greatest : shown(last),
        numeric ? mean() : null);
  }

  private Double mean() {
    return sum.divide(BigDecimal.valueOf(values), MathContext.DECIMAL64).doubleValue();
  }

  private static @Nullable String shown(@Nullable String value) {
    return value == null || value.length() <= LONGEST_SHOWN
        ? value
        : value.substring(0, LONGEST_SHOWN) + "…";
  }
}
