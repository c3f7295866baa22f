package io.legwork.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.legwork.ledger.LedgerDataSource.Limit;
import io.legwork.local.DatabaseAccess;
import io.legwork.local.TcpProxy;
import io.legwork.local.TestInfra;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

@Timeout(60)
class LedgerOpeningIT {

  private final DatabaseAccess access = TestInfra.database();
  private final String name = access.jdbcUrl().substring(access.jdbcUrl().lastIndexOf('/') + 1);

  @ParameterizedTest
  @ValueSource(strings = {"alter database %1$s", "alter role %2$s in database %1$s"})
  void staysClosedIfCommitsMayBeForgotten(String whom) throws SQLException {
    set(whom, "off");
    var ledger = new LedgerDataSource(database(access));

    assertThatThrownBy(() -> new LedgerOpening(ledger, false).tryToOpen(database -> {}))
        .isInstanceOf(UnsafeLedgerException.class)
        .hasMessageContaining("synchronous_commit = off (set by: database");

    assertThatThrownBy(ledger::getConnection).isInstanceOf(SQLException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"on", "local", "remote_write", "remote_apply"})
  void opensWhereCommitsAreKept(String setting) throws SQLException {
    set("alter database %1$s", setting);
    var ledger = new LedgerDataSource(database(access));

    assertThat(new LedgerOpening(ledger, false).tryToOpen(database -> {})).isTrue();

    assertThat(ledger.missing()).isNull();
    ledger.getConnection().close();
  }

  @Test
  void opensADatabaseThatMayForgetIfItIsTold() throws SQLException {
    set("alter database %1$s", "off");
    var ledger = new LedgerDataSource(database(access));

    assertThat(new LedgerOpening(ledger, true).tryToOpen(database -> {})).isTrue();
  }

  @Test
  void saysWhatIsMissingAndTriesAgain() {
    var wrong = database(access);
    wrong.setPassword("wrong");
    var ledger = new LedgerDataSource(wrong);
    var opening = new LedgerOpening(ledger, false);

    assertThat(opening.tryToOpen(database -> {})).isFalse();
    assertThat(ledger.missing()).contains("password authentication failed").doesNotContain("wrong");
    wrong.setPassword(access.password());

    assertThat(opening.tryToOpen(database -> {})).isTrue();
  }

  @Test
  void failsWhereNoWaitingHelps() {
    var opening = new LedgerOpening(new LedgerDataSource(database(access)), false);

    assertThatThrownBy(() ->
            opening.tryToOpen(database -> {
              throw new IllegalStateException("a migration was changed");
            }))
        .hasMessage("a migration was changed");
  }

  @Test
  void waitsNoLongerForAFrozenDatabaseThanItWasTold() throws Exception {
    try (var proxy = TcpProxy.to(access)) {
      var ledger = new LedgerDataSource(database(proxy.of(access)));
      assertThat(new LedgerOpening(ledger, false).tryToOpen(database -> {})).isTrue();
      var statistics = new LedgerStatistics(ledger);
      statistics.commits();

      proxy.freeze();

      long start = System.nanoTime();
      try (Limit _ = LedgerDataSource.limit(Duration.ofMillis(500))) {
        assertThatThrownBy(statistics::commits).isInstanceOf(LedgerException.class);
      }
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
    }
  }

  private void set(String whom, String setting) throws SQLException {
    try (Connection connection = database(access).getConnection();
        var statement = connection.createStatement()) {
      statement.execute(
          whom.formatted(name, access.username()) + " set synchronous_commit = " + setting);
    }
  }

  private static PGSimpleDataSource database(DatabaseAccess access) {
    var database = new PGSimpleDataSource();
    database.setUrl(access.jdbcUrl());
    database.setUser(access.username());
    database.setPassword(access.password());
    return database;
  }
}
