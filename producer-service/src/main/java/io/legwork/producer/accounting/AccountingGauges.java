package io.legwork.producer.accounting;

import io.legwork.ledger.LedgerException;
import io.legwork.ledger.TaskAccounts;
import io.legwork.ledger.TaskAccounts.Summary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * The accounts as metrics, the same from every producer. Read from the ledger when they are
 * scraped, not more often than every few seconds. NaN while the answer is not to be had.
 */
final class AccountingGauges {

  private static final Duration FRESH = Duration.ofSeconds(2);

  private final TaskAccounts accounts;
  private final MeterRegistry meters;
  private @Nullable Summary latest;
  private long latestNanos;

  AccountingGauges(TaskAccounts accounts, MeterRegistry meters) {
    this.accounts = accounts;
    this.meters = meters;
    register(
        "legwork.tasks.unaccounted",
        "Tasks that were accepted and are neither open nor finished, are both, or never were",
        Summary::unaccounted);
    register(
        "legwork.accounting.age.seconds",
        "How long ago the last complete comparison of accepted, open and finished tasks began",
        summary -> seconds(summary.age()));
    register(
        "legwork.accounting.duration.seconds",
        "How long the last complete comparison took, its rests included",
        summary -> seconds(summary.duration()));
    counted("accepted", Summary::accepted);
    counted("open", Summary::open);
    counted("finished", Summary::finished);
  }

  private void register(String name, String description, ToDoubleFunction<Summary> value) {
    Gauge.builder(name, this, gauges -> gauges.read(value))
        .description(description)
        .register(meters);
  }

  private void counted(String as, ToDoubleFunction<Summary> value) {
    Gauge.builder("legwork.tasks.accounted", this, gauges -> gauges.read(value))
        .description("Tasks that the last complete comparison has counted")
        .tag("as", as)
        .register(meters);
  }

  private synchronized double read(ToDoubleFunction<Summary> value) {
    Summary summary = latest;
    if (summary == null || System.nanoTime() - latestNanos >= FRESH.toNanos()) {
      try {
        summary = accounts.summary();
        latest = summary;
        latestNanos = System.nanoTime();
      } catch (LedgerException unreachable) {
        return Double.NaN;
      }
    }
    return value.applyAsDouble(summary);
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }
}
