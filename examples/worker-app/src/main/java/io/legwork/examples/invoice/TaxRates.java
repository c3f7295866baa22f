package io.legwork.examples.invoice;

import java.math.BigDecimal;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * What is added to a price.
 *
 * @param vat the rate of each country, such as 0.19
 */
@ConfigurationProperties("invoice")
record TaxRates(Map<String, BigDecimal> vat) {

  /**
   * The rate of a country.
   *
   * @throws IllegalArgumentException if nobody has said what it is
   */
  BigDecimal of(String country) {
    BigDecimal rate = vat.get(country);
    if (rate == null) {
      throw new IllegalArgumentException("There is no rate for the country " + country);
    }
    return rate;
  }
}
