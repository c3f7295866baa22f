package io.legwork.examples.csv;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Locale;
import java.util.regex.Pattern;

/** What a value can be, from the narrowest to the widest. */
enum ValueType {
  /** Whole numbers. A number with leading zeros is a name, such as a postcode. */
  INTEGER {
    @Override
    boolean fits(String value) {
      return WHOLE.matcher(value).matches();
    }
  },
  /** Numbers of any kind, bounded so that sums of them stay exact and small. */
  NUMBER {
    @Override
    boolean fits(String value) {
      return ANY_NUMBER.matcher(value).matches();
    }
  },
  /** True and false. */
  BOOLEAN {
    @Override
    boolean fits(String value) {
      return value.equalsIgnoreCase("true") || value.equalsIgnoreCase("false");
    }
  },
  /** Dates such as 2026-11-20. */
  DATE {
    @Override
    boolean fits(String value) {
      try {
        return value.length() == "yyyy-MM-dd".length() && LocalDate.parse(value).getYear() >= 0;
      } catch (DateTimeException e) {
        return false;
      }
    }
  },
  /** Everything else. */
  STRING {
    @Override
    boolean fits(String value) {
      return true;
    }
  };

  private static final Pattern WHOLE = Pattern.compile("[+-]?(0|[1-9]\\d{0,17})");
  private static final Pattern ANY_NUMBER =
      Pattern.compile("[+-]?((0|[1-9]\\d{0,17})(\\.\\d{0,18})?|\\.\\d{1,18})([eE][+-]?\\d{1,2})?");

  abstract boolean fits(String value);

  String lowerCase() {
    return name().toLowerCase(Locale.ROOT);
  }
}
