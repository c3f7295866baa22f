package io.legwork.ledger;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;

/**
 * The running service processes. A worker's row is its lease on all the tasks it runs (decision 3).
 * Thread-safe.
 */
public final class Processes {

  /**
   * Whether a process may take others for dead: only if it has itself beaten for the lease without
   * a gap, so that it is not the one that was cut off, and a database that stood still or was
   * restarted has heard the others since. Parameters: the process, and the lease in milliseconds
   * twice.
   */
  static final String MAY_JUDGE =
      """
      exists (select from process judge
              where judge.id = ? and judge.heartbeat_at > now() - ? * interval '1 ms'
                and judge.beating_since < now() - ? * interval '1 ms')
      """;

  private static final String BEAT =
      """
      insert into process (id, kind, host, pid, announced_through, report_key)
      values (?, ?, ?, ?, ?, ?)
      on conflict (id) do update
      set heartbeat_at = now(), settled = false,
          beating_since = case when process.heartbeat_at < now() - ? * interval '1 ms' then now()
                          else greatest(process.beating_since, pg_postmaster_start_time()) end,
          announced_through = greatest(process.announced_through, excluded.announced_through)
      returning (select case when is_called then last_value else 0 end from event_sequence)
      """;

  private final LedgerSession session;
  private final Duration gap;

  /**
   * @param gap the time between two beats from which on a process has not been beating without a
   *     gap: at most the lease less the usual time between two beats
   */
  public Processes(DataSource dataSource, Duration gap) {
    this.session = new LedgerSession(dataSource);
    this.gap = gap;
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
            statement.setBytes(6, process.reportKey().bytes());
            statement.setLong(7, gap.toMillis());
            return first(statement.executeQuery());
          }
        });
  }

  private static long first(ResultSet rows) throws SQLException {
    rows.next();
    return rows.getLong(1);
  }
}
