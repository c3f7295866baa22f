package io.legwork.ledger;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import javax.sql.DataSource;

/** Counts the tasks that are QUEUED. Thread-safe. */
public final class QueuedTasks {

  private static final String COUNT =
      "select count(*) from (select 1 from task where state = 1 limit ?) as queued";

  private final LedgerSession session;

  /** Reads the ledger behind the data source. */
  public QueuedTasks(DataSource dataSource) {
    this.session = new LedgerSession(dataSource);
  }

  /** How many there are; counts no further than to the limit. */
  public long count(long limit) {
    return session.statement(
        "count queued tasks",
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(COUNT)) {
            statement.setLong(1, limit);
            ResultSet rows = statement.executeQuery();
            rows.next();
            return rows.getLong(1);
          }
        });
  }
}
