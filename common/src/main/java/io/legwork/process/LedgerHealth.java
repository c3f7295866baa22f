package io.legwork.process;

import io.legwork.ledger.LedgerDataSource;
import io.legwork.ledger.LedgerDataSource.Limit;
import io.legwork.ledger.LedgerException;
import io.legwork.ledger.LedgerStatistics;
import java.time.Duration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Up while the ledger answers; out of service until it was there for the first time. */
final class LedgerHealth implements HealthIndicator {

  /** Less than whoever asks is going to wait. */
  private static final Duration PATIENCE = Duration.ofMillis(1500);

  private final LedgerDataSource ledger;
  private final LedgerStatistics statistics;

  LedgerHealth(LedgerDataSource ledger) {
    this.ledger = ledger;
    this.statistics = new LedgerStatistics(ledger);
  }

  @Override
  public Health health() {
    String missing = ledger.missing();
    if (missing != null) {
      return Health.outOfService().withDetail("waitsFor", missing).build();
    }
    try (Limit _ = LedgerDataSource.limit(PATIENCE)) {
      statistics.commits();
      return Health.up().build();
    } catch (LedgerException unreachable) {
      return Health.down().withDetail("reason", String.valueOf(unreachable.getMessage())).build();
    }
  }
}
