package io.legwork.bench.ceiling;

import io.legwork.local.DatabaseAccess;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * How many rows the database takes: each with an id, a state and 256 bytes, under a primary key, 50
 * to a statement and a commit, over 4 connections. Rows, no tasks.
 */
public final class InsertCeiling {

  private static final int CONNECTIONS = 4;
  private static final int ROWS = 50;
  private static final int BYTES = 256;

  private static final String TABLE =
      "create table ceiling (id uuid primary key, state smallint not null, payload bytea not null)";
  private static final String INSERT = "insert into ceiling (id, state, payload) values (?, ?, ?)";

  private InsertCeiling() {}

  /** Returns the rows per second in an otherwise empty database. */
  public static double run(DatabaseAccess database, int seconds)
      throws SQLException, InterruptedException {
    try (var connection = connect(database);
        var statement = connection.createStatement()) {
      statement.execute(TABLE);
    }
    long start = System.nanoTime();
    long end = start + Duration.ofSeconds(seconds).toNanos();
    long rows = 0;
    try (var writers = Executors.newFixedThreadPool(CONNECTIONS)) {
      var counts = new ArrayList<Future<Long>>();
      for (int i = 0; i < CONNECTIONS; i++) {
        long writer = i;
        counts.add(writers.submit(() -> write(database, writer, end)));
      }
      for (Future<Long> count : counts) {
        rows += count.get();
      }
    } catch (ExecutionException e) {
      throw new SQLException("the rows could not be inserted", e.getCause());
    }
    return rows / ((System.nanoTime() - start) / 1e9);
  }

  private static long write(DatabaseAccess database, long writer, long end) throws SQLException {
    long rows = 0;
    var payload = new byte[BYTES];
    try (var connection = connect(database);
        var insert = connection.prepareStatement(INSERT)) {
      connection.setAutoCommit(false);
      while (System.nanoTime() < end) {
        for (int i = 0; i < ROWS; i++) {
          // Ids grow, as those of tasks do.
          insert.setObject(1, new UUID(rows++, writer));
          insert.setShort(2, (short) 1);
          insert.setBytes(3, payload);
          insert.addBatch();
        }
        insert.executeBatch();
        connection.commit();
      }
    }
    return rows;
  }

  private static Connection connect(DatabaseAccess database) throws SQLException {
    return DriverManager.getConnection(
        database.jdbcUrl() + "?reWriteBatchedInserts=true",
        database.username(),
        database.password());
  }
}
