package io.legwork.system;

import io.legwork.local.DatabaseAccess;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;

/** Looks into the database, for what must be seen there rather than believed. */
record Sql(DatabaseAccess access) {

  /** Runs a statement. */
  void execute(String sql) {
    try (var connection =
            DriverManager.getConnection(access.jdbcUrl(), access.username(), access.password());
        var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  /** The number in the first column of the only row that a query returns. */
  long count(String sql, List<Object> parameters) {
    try (var connection =
            DriverManager.getConnection(access.jdbcUrl(), access.username(), access.password());
        var statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.size(); i++) {
        statement.setObject(i + 1, parameters.get(i));
      }
      try (var rows = statement.executeQuery()) {
        rows.next();
        return rows.getLong(1);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }
}
