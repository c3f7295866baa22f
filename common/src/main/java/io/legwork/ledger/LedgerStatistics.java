package io.legwork.ledger;

import io.legwork.task.TaskState;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** Counts for operators. Thread-safe. */
public final class LedgerStatistics {

  private static final String OPEN_TASKS =
      """
      select queue, state, count(*) as tasks,
             (extract(epoch from now() - min(ready_at)) * 1000)::int8 as oldest_millis
      from task group by queue, state
      """;

  private static final String QUEUED_TASKS =
      "select count(*) from (select 1 from task where state = 1 limit ?) as queued";

  private static final String COMMITS =
      "select xact_commit from pg_stat_database where datname = current_database()";

  private final LedgerSession session;

  /**
   * The open tasks of one queue and state.
   *
   * @param oldestAge for how long the one that was ready first has been so
   */
  public record OpenTasks(String queue, TaskState state, long count, Duration oldestAge) {}

  /** Reads the ledger behind the data source. */
  public LedgerStatistics(DataSource dataSource) {
    this.session = new LedgerSession(dataSource);
  }

  /** The open tasks by queue and state; reads all of them. */
  public List<OpenTasks> openTasks() {
    return session.statement(
        "count open tasks",
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(OPEN_TASKS)) {
            List<OpenTasks> open = new ArrayList<>();
            ResultSet rows = statement.executeQuery();
            while (rows.next()) {
              open.add(
                  new OpenTasks(
                      rows.getString("queue"),
                      TaskState.ofCode(rows.getInt("state")),
                      rows.getLong("tasks"),
                      Duration.ofMillis(rows.getLong("oldest_millis"))));
            }
            return open;
          }
        });
  }

  /** How many tasks are QUEUED; counts no further than to the limit. */
  public long queuedTasks(long limit) {
    return session.statement(
        "count queued tasks",
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(QUEUED_TASKS)) {
            statement.setLong(1, limit);
            ResultSet rows = statement.executeQuery();
            rows.next();
            return rows.getLong(1);
          }
        });
  }

  /**
   * How many transactions the database has committed since its statistics began. PostgreSQL
   * publishes a session's commits up to a second late.
   */
  public long commits() {
    return session.statement(
        "read the number of commits",
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(COMMITS)) {
            ResultSet rows = statement.executeQuery();
            rows.next();
            return rows.getLong(1);
          }
        });
  }
}
