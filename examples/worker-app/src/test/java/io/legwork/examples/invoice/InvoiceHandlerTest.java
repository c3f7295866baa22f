package io.legwork.examples.invoice;

import static org.assertj.core.api.Assertions.assertThat;

import io.legwork.handler.Outcome;
import io.legwork.handler.testing.TestAttempt;
import java.math.BigDecimal;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InvoiceHandlerTest {

  private final InvoiceHandler handler =
      new InvoiceHandler(new TaxRates(Map.of("DE", new BigDecimal("0.19"))));

  @Test
  void addsUpWithTheRateOfTheCountry() {
    var ended =
        TestAttempt.of(handler)
            .runJson(
                """
                {"country": "DE", "lines": [{"item": "pen", "quantity": 3, "price": 1.50},
                                            {"item": "ink", "quantity": 1, "price": 5.50}]}
                """);

    assertThat(ended.outcome())
        .isEqualTo(Outcome.succeed(new Invoice.Total(euro("10.00"), euro("1.90"), euro("11.90"))));
  }

  @Test
  void failsForGoodWhereNobodyKnowsTheRate() {
    var ended = TestAttempt.of(handler).runJson("{\"country\": \"XX\", \"lines\": []}");

    assertThat(ended.outcome())
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed -> {
              assertThat(failed.permanent()).isTrue();
              assertThat(failed.reason()).contains("XX");
            });
  }

  private static BigDecimal euro(String amount) {
    return new BigDecimal(amount);
  }
}
