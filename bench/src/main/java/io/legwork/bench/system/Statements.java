package io.legwork.bench.system;

import io.legwork.bench.system.Servers.Site;
import io.legwork.local.Database;
import io.legwork.local.DatabaseAccess;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Locale;

/**
 * Which statements a database spent its time with, by {@code pg_stat_statements}. The server counts
 * them from {@link #record} on; that costs a few per cent, so only who asks for a profile does it.
 */
public final class Statements {

  private static final int LINES = 30;
  private static final int WIDTH = 160;

  private static final String MOST_EXPENSIVE =
      """
      select total_exec_time, calls, rows, mean_exec_time,
             shared_blks_hit + shared_blks_read as blocks, wal_bytes::bigint,
             regexp_replace(query, '\\s+', ' ', 'g') as query
      from pg_stat_statements
      where dbid = (select oid from pg_database where datname = ?)
      order by total_exec_time desc
      limit ?
      """;

  private Statements() {}

  /** Restarts the server as one that counts. */
  static void record(Database database) throws SQLException {
    execute(database, "alter system set shared_preload_libraries = 'pg_stat_statements'");
    database.stop();
    database.start();
    execute(database, "create extension pg_stat_statements");
  }

  /** Forgets what was counted so far. */
  static void reset(Database database) throws SQLException {
    execute(database, "select pg_stat_statements_reset()");
  }

  /** The most expensive statements of a system as text, most expensive first. */
  static String summary(Database database, Site site) throws SQLException {
    var text =
        new StringBuilder("  total ms      calls       rows  mean ms  blocks/call  WAL/call\n");
    try (var connection = connect(database);
        var query = connection.prepareStatement(MOST_EXPENSIVE)) {
      query.setString(1, site.database());
      query.setInt(2, LINES);
      try (var row = query.executeQuery()) {
        while (row.next()) {
          double calls = row.getLong("calls");
          String statement = row.getString("query");
          text.append(
              String.format(
                  Locale.ROOT,
                  "%,10.0f %,10.0f %,10d %8.3f %,12.1f %,9.0f  %s%n",
                  row.getDouble("total_exec_time"),
                  calls,
                  row.getLong("rows"),
                  row.getDouble("mean_exec_time"),
                  row.getLong("blocks") / calls,
                  row.getLong("wal_bytes") / calls,
                  statement.substring(0, Math.min(WIDTH, statement.length()))));
        }
      }
    }
    return text.toString();
  }

  private static void execute(Database database, String sql) throws SQLException {
    try (var connection = connect(database);
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static Connection connect(Database database) throws SQLException {
    DatabaseAccess admin = database.access();
    return DriverManager.getConnection(admin.jdbcUrl(), admin.username(), admin.password());
  }
}
