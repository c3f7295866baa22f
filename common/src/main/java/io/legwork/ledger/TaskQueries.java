package io.legwork.ledger;

import io.legwork.ledger.TaskView.Failure;
import io.legwork.ledger.TaskView.Progress;
import io.legwork.secrets.ContentCipher;
import io.legwork.secrets.ContentCipher.Part;
import io.legwork.secrets.SecretUnreadableException;
import io.legwork.task.Json;
import io.legwork.task.KeptJson;
import io.legwork.task.Priority;
import io.legwork.task.TaskId;
import io.legwork.task.TaskState;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Answers questions about tasks, from the primary. Every question names a tenant. Thread-safe. */
public final class TaskQueries {

  private static final String OPEN =
      """
      select t.id, t.tenant, t.type, t.queue, t.priority, t.state, t.attempt, t.max_attempts,
             t.submitted_at, t.ready_at, t.started_at, null::timestamptz as finished_at, t.deadline,
             t.worker, null::text as reason, false as permanent, null::bytea as result
      from task t
      """;

  private static final String FINISHED =
      """
      select t.id, t.tenant, t.type, t.queue, t.priority, t.state, t.attempt, t.max_attempts,
             t.submitted_at, t.ready_at, t.started_at, t.finished_at, t.deadline, t.worker, t.reason,
             t.permanent, t.result
      from finished_task t
      """;

  private static final String WITH_INPUT =
      """
      select t.*, i.tags, i.metadata::text as metadata, g.attempt as progress_attempt, g.percent,
             g.message, g.at as progress_at
      from (%s) t
      left join task_input i on i.id = t.id
      left join task_progress g on g.task_id = t.id
      order by t.id desc
      """;

  private static final String PROGRESS =
      """
      select task_id, attempt as progress_attempt, percent, message, at as progress_at
      from task_progress where task_id = any (?)
      """;

  private static final String BY_ID = " where t.id = ? and t.tenant = ? ";

  private static final String BY_IDS = " where t.tenant = ? and t.id = any (?) ";

  private final LedgerSession session;
  private final ContentCipher contents;

  /** Reads the ledger behind the data source, but no result that is sealed. */
  public TaskQueries(DataSource dataSource) {
    this(dataSource, ContentCipher.NONE);
  }

  /**
   * Reads the ledger behind the data source.
   *
   * @param contents opens results that are sealed
   */
  public TaskQueries(DataSource dataSource, ContentCipher contents) {
    this.session = new LedgerSession(dataSource);
    this.contents = contents;
  }

  /** The task with an id, if it is the tenant's. */
  public Optional<TaskView> find(String tenant, TaskId task) {
    String sql = WITH_INPUT.formatted(OPEN + BY_ID + "union all " + FINISHED + BY_ID);
    return session.question(
        tenant,
        "read a task",
        sql,
        parameters -> parameters.add(task.value()).add(tenant).add(task.value()).add(tenant),
        rows -> read(rows).stream().findFirst());
  }

  /**
   * A page of tasks, newest first.
   *
   * @param limit how many at most
   */
  public List<TaskView> list(TaskFilter filter, int limit) {
    TaskListing listing = TaskListing.of(filter, limit);
    String sql = WITH_INPUT.formatted(listing.select(OPEN, FINISHED));
    return session.question(filter.tenant(), "list tasks", sql, listing::bind, this::read);
  }

  /** Those of a tenant's tasks that are over. */
  public List<TaskView> finished(String tenant, Collection<TaskId> tasks) {
    String sql = WITH_INPUT.formatted(FINISHED + BY_IDS);
    return session.question(
        tenant,
        "look for finished tasks",
        sql,
        parameters -> parameters.add(tenant).ids(tasks),
        this::read);
  }

  /** How far those of the tasks have come that told anything of themselves. */
  public Map<TaskId, Progress> progress(Collection<TaskId> tasks) {
    return session.statement(
        "read progress",
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(PROGRESS)) {
            Object[] ids = tasks.stream().map(TaskId::value).toArray();
            statement.setArray(1, connection.createArrayOf("uuid", ids));
            Map<TaskId, Progress> found = new HashMap<>();
            ResultSet rows = statement.executeQuery();
            while (rows.next()) {
              Progress progress = progress(rows);
              if (progress != null) {
                found.put(new TaskId(rows.getObject("task_id", UUID.class)), progress);
              }
            }
            return found;
          }
        });
  }

  private List<TaskView> read(ResultSet rows) throws SQLException {
    List<TaskView> tasks = new ArrayList<>();
    while (rows.next()) {
      tasks.add(task(rows));
    }
    return tasks;
  }

  private TaskView task(ResultSet row) throws SQLException {
    TaskId id = new TaskId(row.getObject("id", UUID.class));
    Result result = result(id, Rows.keptOrNull(row, "result"));
    return new TaskView(
        id,
        row.getString("tenant"),
        row.getString("type"),
        row.getString("queue"),
        Priority.ofCode(row.getInt("priority")),
        TaskState.ofCode(row.getInt("state")),
        row.getInt("attempt"),
        row.getInt("max_attempts"),
        Rows.time(row, "submitted_at"),
        Rows.time(row, "ready_at"),
        Rows.timeOrNull(row, "started_at"),
        Rows.timeOrNull(row, "finished_at"),
        Rows.timeOrNull(row, "deadline"),
        Rows.texts(row, "tags"),
        Rows.jsonOrNull(row, "metadata"),
        result.document(),
        result.error(),
        failure(row),
        progress(row));
  }

  private Result result(TaskId task, @Nullable KeptJson kept) {
    try {
      Json opened = kept == null ? null : contents.open(Part.RESULT, task.value(), kept);
      return new Result(opened, null);
    } catch (SecretUnreadableException unreadable) {
      return new Result(null, unreadable.getMessage());
    }
  }

  private static @Nullable Progress progress(ResultSet row) throws SQLException {
    int percent = row.getInt("percent");
    if (row.wasNull()) {
      return null;
    }
    return new Progress(
        row.getInt("progress_attempt"),
        new ProgressReport.Stage(percent, row.getString("message")),
        Rows.time(row, "progress_at"));
  }

  private static @Nullable Failure failure(ResultSet row) throws SQLException {
    String reason = row.getString("reason");
    return reason == null ? null : new Failure(reason, row.getBoolean("permanent"));
  }

  /** What can be read of a result, or why nothing can. */
  private record Result(@Nullable Json document, @Nullable String error) {}
}
