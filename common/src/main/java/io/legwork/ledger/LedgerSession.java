package io.legwork.ledger;

import java.sql.Connection;
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
