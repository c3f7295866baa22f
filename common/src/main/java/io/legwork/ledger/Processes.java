package io.legwork.ledger;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * The running service processes. A worker's row is its lease on all the tasks it runs (decision 3).
 * Thread-safe.
 */
public final class Processes {

  private static final String BEAT =
      """
      insert into process (id, kind, host, pid, announced_through) values (?, ?, ?, ?, ?)
      on conflict (id) do update
      set heartbeat_at = now(), settled = false,
          announced_through = greatest(process.announced_through, excluded.announced_through)
      returning (select case when is_called then last_value else 0 end from event_sequence)
      """;

  private final LedgerSession session;

  /** Reads and writes the ledger behind the data source. */
  public Processes(DataSource dataSource) {
    this.session = new LedgerSession(dataSource);
  }

  /**
   * Shows that the process is alive.
   *
   * @param announcedThrough every event of the process up to this sequence has been announced
   * @return the highest sequence of an event that may be committed yet; later events get a higher
   *     one
   */
  public long beat(ProcessIdentity process, long announcedThrough) {
    return session.statement(
        "record a heartbeat",
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(BEAT)) {
            statement.setObject(1, process.id());
            statement.setString(2, process.kind());
            statement.setString(3, process.host());
            statement.setLong(4, process.pid());
            statement.setLong(5, announcedThrough);
            return first(statement.executeQuery());
          }
        });
  }

  private static long first(ResultSet rows) throws SQLException {
    rows.next();
    return rows.getLong(1);
  }
}
