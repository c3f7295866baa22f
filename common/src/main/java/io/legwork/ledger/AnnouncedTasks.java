package io.legwork.ledger;

import io.legwork.ledger.TaskView.Failure;
import io.legwork.task.TaskId;
import io.legwork.task.TaskState;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Reads the tasks that somebody is told about. Thread-safe. */
public final class AnnouncedTasks {

  private static final String FIND =
      """
      select t.*, v.version
      from (select coalesce(max(version), 0) as version from subscription) v
      left join (
        select f.id, f.tenant, f.submitted_at, f.started_at, f.state, f.reason, f.permanent,
               case when octet_length(f.result) <= ? then f.result end as result,
               i.callback_url, i.callback_secret, i.tags, i.traceparent
        from task_input i join finished_task f on f.tenant = i.tenant and f.id = i.id
        where i.id = any (?::uuid[])
        union all
        select t.id, t.tenant, t.submitted_at, t.started_at, t.state, null, false, null,
               i.callback_url, i.callback_secret, i.tags, i.traceparent
        from task_input i join task t on t.id = i.id
        where i.id = any (?::uuid[])
      ) t on true
      """;

  private final LedgerSession session;

  /**
   * What was found.
   *
   * @param tasks those that still exist
   * @param subscriptions the version of the latest change of a subscription, 0 if there was none:
   *     who knows an earlier one does not know all to be told
   */
  public record Found(Map<TaskId, AnnouncedTask> tasks, long subscriptions) {

    /** Takes a copy. */
    public Found {
      tasks = Map.copyOf(tasks);
    }
  }

  /** Reads the ledger behind the data source. */
  public AnnouncedTasks(DataSource dataSource) {
    this.session = new LedgerSession(dataSource);
  }

  /**
   * Finds tasks.
   *
   * @param largestResult in how many bytes a result may be kept to be read
   */
  public Found find(Collection<TaskId> tasks, int largestResult) {
    Object[] ids = tasks.stream().map(TaskId::value).toArray();
    return session.statement(
        "read tasks to tell of",
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(FIND)) {
            statement.setInt(1, largestResult);
            statement.setArray(2, connection.createArrayOf("uuid", ids));
            statement.setArray(3, connection.createArrayOf("uuid", ids));
            return found(statement.executeQuery());
          }
        });
  }

  private static Found found(ResultSet rows) throws SQLException {
    Map<TaskId, AnnouncedTask> tasks = new HashMap<>();
    long subscriptions = 0;
    while (rows.next()) {
      subscriptions = rows.getLong("version");
      if (rows.getObject("id") != null) {
        AnnouncedTask task = task(rows);
        tasks.put(task.id(), task);
      }
    }
    return new Found(tasks, subscriptions);
  }

  private static AnnouncedTask task(ResultSet row) throws SQLException {
    return new AnnouncedTask(
        new TaskId(row.getObject("id", UUID.class)),
        row.getString("tenant"),
        callback(row),
        Rows.texts(row, "tags"),
        row.getString("traceparent"),
        Rows.time(row, "submitted_at"),
        Rows.timeOrNull(row, "started_at"),
        TaskState.ofCode(row.getInt("state")),
        Rows.keptOrNull(row, "result"),
        failure(row));
  }

  private static @Nullable DeliveryTarget callback(ResultSet row) throws SQLException {
    String url = row.getString("callback_url");
    return url == null ? null : new DeliveryTarget(url, row.getString("callback_secret"));
  }

  private static @Nullable Failure failure(ResultSet row) throws SQLException {
    String reason = row.getString("reason");
    return reason == null ? null : new Failure(reason, row.getBoolean("permanent"));
  }
}
