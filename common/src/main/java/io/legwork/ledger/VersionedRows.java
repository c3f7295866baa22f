package io.legwork.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Rows of a table whose every change takes a new version, so that others can ask for what has
 * changed since. Changes are made one after the other, under a lock, so that versions become
 * visible in their order. Thread-safe.
 */
final class VersionedRows<T> {

  private static final String GATE = "select pg_advisory_xact_lock(?)";

  private final LedgerSession session;
  private final int lock;
  private final Reading<T> reading;

  /** Reads a row. */
  @FunctionalInterface
  interface Reading<T> {
    T read(ResultSet row) throws SQLException;
  }

  /**
   * @param lock of {@link Locks}, the table's own
   */
  VersionedRows(LedgerSession session, int lock, Reading<T> reading) {
    this.session = session;
    this.lock = lock;
    this.reading = reading;
  }

  /**
   * Changes a row in a transaction of its own.
   *
   * @param sql ends with {@code returning *}
   * @return the changed row; empty if there was none to change
   */
  Optional<T> change(String doing, String sql, LedgerSession.Binding binding) {
    return session.transaction(doing, connection -> change(connection, sql, binding));
  }

  /** Changes a row in a transaction that is under way. */
  Optional<T> change(Connection connection, String sql, LedgerSession.Binding binding)
      throws SQLException {
    enter(connection);
    return rows(connection, sql, binding).stream().findFirst();
  }

  /** Waits until the transaction is the only one that changes rows; it is until it ends. */
  void enter(Connection connection) throws SQLException {
    try (PreparedStatement gate = connection.prepareStatement(GATE)) {
      gate.setInt(1, lock);
      gate.execute();
    }
  }

  /** The rows that a question of one tenant finds. */
  List<T> readOf(String tenant, String doing, String sql, LedgerSession.Binding binding) {
    return session.question(tenant, doing, sql, binding, this::all);
  }

  /** The rows a question finds. */
  List<T> read(String doing, String sql, LedgerSession.Binding binding) {
    return session.statement(doing, connection -> rows(connection, sql, binding));
  }

  private List<T> rows(Connection connection, String sql, LedgerSession.Binding binding)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      binding.to(new Parameters(statement));
      return all(statement.executeQuery());
    }
  }

  private List<T> all(ResultSet rows) throws SQLException {
    List<T> found = new ArrayList<>();
    while (rows.next()) {
      found.add(reading.read(rows));
    }
    return found;
  }
}
