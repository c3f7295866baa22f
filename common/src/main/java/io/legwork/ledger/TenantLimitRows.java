package io.legwork.ledger;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Keeps what tenants may use, and counts what they do. Thread-safe. */
public final class TenantLimitRows {

  private static final String FIND = "select * from tenant_limits where tenant = ?";

  private static final String PUT =
      """
      insert into tenant_limits (tenant, submissions_per_second, key_submissions_per_second,
                                 open_tasks, payload_bytes_per_day)
      values (?, ?, ?, ?, ?)
      on conflict (tenant) do update set
        submissions_per_second = excluded.submissions_per_second,
        key_submissions_per_second = excluded.key_submissions_per_second,
        open_tasks = excluded.open_tasks,
        payload_bytes_per_day = excluded.payload_bytes_per_day,
        updated_at = now()
      """;

  private static final String OPEN =
      "select count(*) from (select 1 from task where tenant = ? limit ?) as counted";

  private final LedgerSession session;

  /** Keeps them in the ledger behind the data source. */
  public TenantLimitRows(DataSource dataSource) {
    this.session = new LedgerSession(dataSource);
  }

  /** What was said about a tenant; {@link TenantLimits#NONE} if nothing was. */
  public TenantLimits find(String tenant) {
    return session.statement(
        "read the limits of a tenant",
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(FIND)) {
            statement.setString(1, tenant);
            ResultSet row = statement.executeQuery();
            return row.next() ? limits(row) : TenantLimits.NONE;
          }
        });
  }

  private static TenantLimits limits(ResultSet row) throws SQLException {
    return new TenantLimits(
        row.getObject("submissions_per_second", Integer.class),
        row.getObject("key_submissions_per_second", Integer.class),
        row.getObject("open_tasks", Integer.class),
        row.getObject("payload_bytes_per_day", Long.class));
  }

  /** Says what a tenant may use, in place of what was said before. */
  public void put(String tenant, TenantLimits limits) {
    session.statement(
        "write the limits of a tenant",
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(PUT)) {
            new Parameters(statement)
                .add(tenant)
                .numberOrNull(limits.submissionsPerSecond())
                .numberOrNull(limits.keySubmissionsPerSecond())
                .numberOrNull(limits.openTasks())
                .numberOrNull(limits.payloadBytesPerDay());
            return statement.executeUpdate();
          }
        });
  }

  /** How many tasks of a tenant are not over, counted no further than to a limit. */
  public int openTasks(String tenant, int atMost) {
    return session.statement(
        "count the open tasks of a tenant",
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(OPEN)) {
            new Parameters(statement).add(tenant).add(atMost);
            ResultSet row = statement.executeQuery();
            row.next();
            return row.getInt(1);
          }
        });
  }
}
