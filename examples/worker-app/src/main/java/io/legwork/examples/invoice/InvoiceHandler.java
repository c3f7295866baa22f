package io.legwork.examples.invoice;

import io.legwork.handler.Handler;
import io.legwork.handler.Handles;
import io.legwork.handler.Outcome;
import io.legwork.handler.TaskContext;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.springframework.stereotype.Component;

/** {@code invoice.total}: adds up an invoice, with the rates that were configured. */
@Component
@Handles("invoice.total")
final class InvoiceHandler implements Handler<Invoice> {

  private final TaxRates rates;

  InvoiceHandler(TaxRates rates) {
    this.rates = rates;
  }

  @Override
  public Outcome handle(Invoice invoice, TaskContext task) {
    BigDecimal net =
        invoice.lines().stream()
            .map(line -> line.price().multiply(BigDecimal.valueOf(line.quantity())))
            .reduce(BigDecimal.ZERO, BigDecimal::add)
            .setScale(2, RoundingMode.HALF_UP);
    BigDecimal vat = net.multiply(rates.of(invoice.country())).setScale(2, RoundingMode.HALF_UP);
    return Outcome.succeed(new Invoice.Total(net, vat, net.add(vat)));
  }
}
