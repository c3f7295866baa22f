package io.legwork.examples.invoice;

import java.math.BigDecimal;
import java.util.List;

/** The payload: what is to be paid for, and where. */
record Invoice(String country, List<Line> lines) {

  /** Some of something. */
  record Line(String item, int quantity, BigDecimal price) {}

  /** The result. */
  record Total(BigDecimal net, BigDecimal vat, BigDecimal gross) {}
}
