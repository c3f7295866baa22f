package io.legwork.bench.report;

import java.util.Locale;

/** Numbers for people: as many digits as say something. */
final class Numbers {

  private Numbers() {}

  static String of(double value) {
    return value == 0 ? "0" : String.format(Locale.ROOT, format(Math.abs(value)), value);
  }

  private static String format(double size) {
    if (size >= 100) {
      return "%,.0f";
    }
    if (size >= 10) {
      return "%.1f";
    }
    return size >= 1 ? "%.2f" : "%.4f";
  }
}
