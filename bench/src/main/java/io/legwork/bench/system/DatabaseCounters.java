package io.legwork.bench.system;

import io.legwork.bench.system.Servers.Site;
import java.sql.SQLException;

/**
 * What the database has done so far.
 *
 * <p>Writing transactions and WAL bytes are exact at any moment. The others reach the statistics up
 * to {@link #DELAY_MILLIS} after they happened.
 *
 * @param commits transactions of this database that were committed, those that only read too
 * @param writes transactions of the whole server that wrote, committed or not
 * @param walBytes written to the log
 * @param walSyncs fsyncs of the log ({@code pg_stat_wal.wal_sync})
 * @param dataSyncs fsyncs of tables and indexes ({@code pg_stat_io.fsyncs})
 * @param rows rows of this database that were inserted, updated and deleted
 * @param updates rows that were updated
 * @param hotUpdates those of them that needed no new index entry
 */
public record DatabaseCounters(
    long commits,
    long writes,
    long walBytes,
    long walSyncs,
    long dataSyncs,
    long rows,
    long updates,
    long hotUpdates) {

  /** An idle backend reports what it has done after at most so long. */
  public static final long DELAY_MILLIS = 10_500;

  private static final String QUERY =
      """
      select xact_commit,
             pg_snapshot_xmax(pg_current_snapshot())::text::bigint,
             (pg_current_wal_insert_lsn() - '0/0')::bigint,
             (select wal_sync from pg_stat_wal),
             (select coalesce(sum(fsyncs), 0)::bigint from pg_stat_io),
             tup_inserted + tup_updated + tup_deleted,
             (select coalesce(sum(n_tup_upd), 0)::bigint from pg_stat_user_tables),
             (select coalesce(sum(n_tup_hot_upd), 0)::bigint from pg_stat_user_tables)
      from pg_stat_database where datname = current_database()
      """;

  static DatabaseCounters read(Site site) throws SQLException {
    try (var connection = site.connect();
        var statement = connection.createStatement();
        var row = statement.executeQuery(QUERY)) {
      row.next();
      return new DatabaseCounters(
          row.getLong(1),
          row.getLong(2),
          row.getLong(3),
          row.getLong(4),
          row.getLong(5),
          row.getLong(6),
          row.getLong(7),
          row.getLong(8));
    }
  }

  DatabaseCounters since(DatabaseCounters earlier) {
    return new DatabaseCounters(
        commits - earlier.commits,
        writes - earlier.writes,
        walBytes - earlier.walBytes,
        walSyncs - earlier.walSyncs,
        dataSyncs - earlier.dataSyncs,
        rows - earlier.rows,
        updates - earlier.updates,
        hotUpdates - earlier.hotUpdates);
  }
}
