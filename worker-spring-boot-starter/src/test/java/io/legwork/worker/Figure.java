package io.legwork.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a test has measured, beside what is aimed at. It is logged; only on a machine that does
 * nothing else is it held against the aim: {@code -Dlegwork.figures=true}.
 */
public final class Figure {

  private static final Logger LOG = LoggerFactory.getLogger(Figure.class);

  private Figure() {}

  /** Notes how long something took. */
  public static void took(String what, Duration measured, Duration aim) {
    LOG.info("figure: {} took {} ms; the aim is {} ms", what, measured.toMillis(), aim.toMillis());
    if (Boolean.getBoolean("legwork.figures")) {
      assertThat(measured).as(what).isLessThanOrEqualTo(aim);
    }
  }
}
