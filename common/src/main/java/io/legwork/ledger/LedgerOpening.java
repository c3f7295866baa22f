package io.legwork.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the ledger: the database must keep what it commits (guarantee G1), and have the schema of
 * this version. Used by one thread at a time.
 */
public final class LedgerOpening {

  private static final Logger LOG = LoggerFactory.getLogger(LedgerOpening.class);

  /**
   * What time or an operator puts right while we wait (PostgreSQL manual, appendix A): no
   * connection, refused credentials, rolled back, out of resources, locked, stopped by somebody.
   */
  private static final Set<String> WAITED_FOR = Set.of("08", "28", "40", "53", "55", "57", "58");

  private static final String NO_SUCH_DATABASE = "3D000";

  /** With the values that hold for this very user and database. */
  private static final String UNSAFE_SETTINGS =
      """
      select name, setting, source from pg_settings
      where name in ('fsync', 'full_page_writes', 'synchronous_commit') and setting = 'off'
      order by name
      """;

  private final LedgerDataSource ledger;
  private final boolean unsafeAllowed;

  /**
   * @param unsafeAllowed whether a database that may forget is only warned of
   */
  public LedgerOpening(LedgerDataSource ledger, boolean unsafeAllowed) {
    this.ledger = ledger;
    this.unsafeAllowed = unsafeAllowed;
  }

  /**
   * Tries once.
   *
   * @param migration brings the schema behind a data source up to date
   * @return whether the ledger is open; if it is not, {@link LedgerDataSource#missing} says why
   * @throws UnsafeLedgerException if the database may forget what it commits
   * @throws RuntimeException if the schema cannot be brought up to date, however long we wait
   */
  public boolean tryToOpen(Consumer<DataSource> migration) {
    try {
      check();
      migration.accept(ledger.database());
      ledger.open();
      return true;
    } catch (SQLException failure) {
      ledger.missing(waitedFor(failure));
    } catch (UnsafeLedgerException unsafe) {
      throw unsafe;
    } catch (RuntimeException failure) {
      SQLException cause = cause(failure);
      if (cause == null || !isWaitedFor(cause)) {
        throw failure;
      }
      ledger.missing(waitedFor(cause));
    }
    return false;
  }

  private void check() throws SQLException {
    List<String> unsafe = new ArrayList<>();
    try (Connection connection = ledger.database().getConnection();
        PreparedStatement statement = connection.prepareStatement(UNSAFE_SETTINGS);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        unsafe.add(
            "%s = %s (set by: %s)"
                .formatted(rows.getString(1), rows.getString(2), rows.getString(3)));
      }
    }
    if (unsafe.isEmpty()) {
      return;
    }
    if (!unsafeAllowed) {
      throw new UnsafeLedgerException(unsafe);
    }
    LOG.atError()
        .addKeyValue("settings", unsafe)
        .log(
            "ledger.unsafe: the database loses committed tasks in a crash, and"
                + " legwork.ledger.allow-unsafe-settings permits it; never do this with work that"
                + " matters");
  }

  private static boolean isWaitedFor(SQLException failure) {
    String state = failure.getSQLState() == null ? "" : failure.getSQLState();
    return state.length() == 5
        ? WAITED_FOR.contains(state.substring(0, 2)) || state.equals(NO_SUCH_DATABASE)
        : failure instanceof SQLTransientException;
  }

  /** The deepest refusal says what the outer ones only pass on. */
  private static @Nullable SQLException cause(Throwable failure) {
    SQLException deepest = null;
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      deepest = cause instanceof SQLException refused ? refused : deepest;
    }
    return deepest;
  }

  private static String waitedFor(SQLException failure) {
    SQLException cause = cause(failure);
    return String.valueOf((cause == null ? failure : cause).getMessage());
  }
}
