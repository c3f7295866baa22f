package io.legwork.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * The one place where connections are taken and transactions opened. What is rolled back by a
 * deadlock is repeated a few times. Thread-safe.
 */
final class LedgerSession {

  private static final int TRIES = 4;

  /** Work on a connection. */
  @FunctionalInterface
  interface Work<T> {
    T on(Connection connection) throws SQLException;
  }

  /** Sets the parameters of a statement. */
  @FunctionalInterface
  interface Binding {
    void to(Parameters parameters) throws SQLException;
  }

  /** Reads the rows that a question has found. */
  @FunctionalInterface
  interface Reading<T> {
    T of(ResultSet rows) throws SQLException;
  }

  private final DataSource dataSource;

  LedgerSession(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /**
   * Runs one statement, which commits by itself.
   *
   * @param doing completes "the ledger could not …"
   * @throws LedgerException if it was not committed, or the connection was lost before that was
   *     known
   */
  <T> T statement(String doing, Work<T> work) {
    return repeated(() -> once(doing, work));
  }

  /**
   * Asks what one tenant wants to know: behind the {@link TenantWall}, where it stands.
   *
   * @param doing completes "the ledger could not …"
   * @param sql names the tenant, too: whoever relies on one wall has one
   * @throws LedgerException if there is no answer
   */
  <T> T question(String tenant, String doing, String sql, Binding binding, Reading<T> reading) {
    boolean walled = dataSource instanceof LedgerDataSource ledger && ledger.isWalled();
    String question = walled ? TenantWall.behind(sql) : sql;
    return statement(
        doing,
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(question)) {
            var parameters = new Parameters(statement);
            if (walled) {
              parameters.add(tenant);
            }
            binding.to(parameters);
            return reading.of(walled ? TenantWall.answer(statement) : statement.executeQuery());
          }
        });
  }

  /**
   * Runs several statements in one transaction.
   *
   * @param doing completes "the ledger could not …"
   * @throws LedgerException if it was not committed, or the connection was lost before that was
   *     known
   */
  <T> T transaction(String doing, Work<T> work) {
    return repeated(() -> once(doing, connection -> committed(connection, work)));
  }

  private <T> T once(String doing, Work<T> work) {
    try (Connection connection = dataSource.getConnection()) {
      return work.on(connection);
    } catch (SQLException refused) {
      throw new LedgerException(doing, refused);
    }
  }

  private static <T> T committed(Connection connection, Work<T> work) throws SQLException {
    connection.setAutoCommit(false);
    try {
      T result = work.on(connection);
      connection.commit();
      return result;
    } catch (SQLException | RuntimeException failure) {
      rollBack(connection, failure);
      throw failure;
    } finally {
      connection.setAutoCommit(true);
    }
  }

  private static void rollBack(Connection connection, Exception failure) {
    try {
      connection.rollback();
    } catch (SQLException lost) {
      failure.addSuppressed(lost);
    }
  }

  private static <T> T repeated(java.util.function.Supplier<T> attempt) {
    for (int tries = 1; ; tries++) {
      try {
        return attempt.get();
      } catch (LedgerException failure) {
        if (!failure.mayBeRepeated() || tries == TRIES) {
          throw failure;
        }
      }
    }
  }
}
