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
      select t.*, i.callback_url, i.callback_secret, i.tags
      from (
        select id, tenant, submitted_at, started_at, state, reason, permanent,
               coalesce(octet_length(result), 0) as result_size,
               case when octet_length(result) <= ? then result end as result
        from finished_task where id = any (?::uuid[])
        union all
        select id, tenant, submitted_at, started_at, state, null, false, 0, null
        from task where id = any (?::uuid[])
      ) t join task_input i on i.id = t.id
      """;

  private final LedgerSession session;

  /** Reads the ledger behind the data source. */
  public AnnouncedTasks(DataSource dataSource) {
    this.session = new LedgerSession(dataSource);
  }

  /**
   * Those of the tasks that still exist.
   *
   * @param largestResult how many bytes a result may have to be read
   */
  public Map<TaskId, AnnouncedTask> find(Collection<TaskId> tasks, int largestResult) {
    Object[] ids = tasks.stream().map(TaskId::value).toArray();
    return session.statement(
        "read tasks to tell of",
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(FIND)) {
            statement.setInt(1, largestResult);
            statement.setArray(2, connection.createArrayOf("uuid", ids));
            statement.setArray(3, connection.createArrayOf("uuid", ids));
            Map<TaskId, AnnouncedTask> found = new HashMap<>();
            ResultSet rows = statement.executeQuery();
            while (rows.next()) {
              AnnouncedTask task = task(rows);
              found.put(task.id(), task);
            }
            return found;
          }
        });
  }

  private static AnnouncedTask task(ResultSet row) throws SQLException {
    return new AnnouncedTask(
        new TaskId(row.getObject("id", UUID.class)),
        row.getString("tenant"),
        callback(row),
        Rows.texts(row, "tags"),
        Rows.time(row, "submitted_at"),
        Rows.timeOrNull(row, "started_at"),
        TaskState.ofCode(row.getInt("state")),
        row.getInt("result_size"),
        Rows.jsonOrNull(row, "result"),
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
