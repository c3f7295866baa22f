package io.legwork.process;

import io.legwork.ledger.LedgerDataSource;
import io.legwork.ledger.LedgerOpening;
import io.legwork.ledger.TenantWall;
import java.util.Objects;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;

/**
 * Opens the ledger in place of the usual migration, which ends the process when the database is
 * away. The first try is made before anything is served, so that a start that has to fail fails
 * early; {@link Start} makes the others.
 */
final class LedgerStart implements FlywayMigrationStrategy {

  private static final Logger LOG = LoggerFactory.getLogger(LedgerStart.class);

  private final LedgerDataSource ledger;
  private final LedgerOpening opening;
  private final boolean walled;
  private @Nullable Flyway flyway;
  private @Nullable String told;
  private boolean open;

  LedgerStart(LedgerDataSource ledger, LedgerProperties properties) {
    this.ledger = ledger;
    this.opening = new LedgerOpening(ledger, properties.allowUnsafeSettings());
    this.walled = properties.tenantWall();
  }

  @Override
  public void migrate(Flyway configured) {
    flyway = configured;
    tryToOpen();
  }

  /**
   * Tries to open the ledger unless it is open.
   *
   * @return whether it is open
   * @throws RuntimeException if it never can be
   */
  boolean tryToOpen() {
    if (!open) {
      open = opening.tryToOpen(this::migrate);
      tell();
    }
    return open;
  }

  private void migrate(DataSource database) {
    Flyway configured = Objects.requireNonNull(flyway, "the migration is configured first");
    Flyway.configure()
        .configuration(configured.getConfiguration())
        .dataSource(database)
        .load()
        .migrate();
    if (walled) {
      raiseWall(database);
    }
  }

  private void raiseWall(DataSource database) {
    if (TenantWall.raise(database)) {
      ledger.wall();
    } else {
      LOG.warn(
          "ledger.one_wall: the database keeps no tenant from another's rows, only the questions do,"
              + " because its user may not make the role legwork_tenant; let an administrator of the"
              + " database do so (create role legwork_tenant nologin) and grant it to that user");
    }
  }

  private void tell() {
    String missing = ledger.missing();
    if (missing != null && !missing.equals(told)) {
      LOG.atWarn()
          .addKeyValue("reason", missing)
          .log("ledger.missing: the service goes on trying, and is ready as soon as it is there");
    } else if (missing == null && told != null) {
      LOG.info("ledger.open");
    }
    told = missing;
  }
}
