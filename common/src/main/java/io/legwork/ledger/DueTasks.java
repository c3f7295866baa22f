package io.legwork.ledger;

import io.legwork.task.Priority;
import io.legwork.task.TaskId;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Finds the tasks whose message is to be published: those that have come due, and those whose
 * message seems to be lost. Several dispatchers may work side by side. Thread-safe.
 */
public final class DueTasks {

  private static final String PROMOTE =
      """
      with due as (
        delete from task_due
        where (ready_at, id) in (
          select ready_at, id from task_due where ready_at <= now()
          order by ready_at limit ? for update skip locked)
        returning id
      ), promoted as (
        update task t set state = 1, ready_at = now()
        from due where t.id = due.id and t.state in (0, 3)
        returning t.id, t.tenant, t.type, t.queue, t.priority, t.attempt, t.ready_at
      )
      select p.*, i.traceparent from promoted p join task_input i on i.id = p.id
      """;

  private static final String REPEAT =
      """
      with overdue as (
        select id from task
        where queue = ? and priority = ? and state = 1
          and ready_at < now() - ? * interval '1 ms'
        order by ready_at limit ? for update skip locked
      ), repeated as (
        update task t set ready_at = now() from overdue where t.id = overdue.id
        returning t.id, t.tenant, t.type, t.queue, t.priority, t.attempt
      )
      select r.*, i.traceparent from repeated r join task_input i on i.id = r.id
      """;

  private final LedgerSession session;

  /** Reads and writes the ledger behind the data source. */
  public DueTasks(DataSource dataSource) {
    this.session = new LedgerSession(dataSource);
  }

  /**
   * Moves scheduled and retrying tasks whose time has come to QUEUED.
   *
   * @param limit how many at most
   * @return the tasks whose messages are now to be published
   */
  public List<QueuedTask> promote(int limit) {
    return session.statement(
        "promote due tasks",
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(PROMOTE)) {
            statement.setInt(1, limit);
            return read(statement.executeQuery());
          }
        });
  }

  /**
   * Picks the tasks that have waited longest in a queue, to publish their messages again, and puts
   * them to the end of the order.
   *
   * @param age how long they must have been waiting
   * @param limit how many at most
   */
  public List<QueuedTask> repeat(String queue, Priority priority, Duration age, int limit) {
    return session.statement(
        "pick tasks to publish again",
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(REPEAT)) {
            statement.setString(1, queue);
            statement.setInt(2, priority.code());
            statement.setLong(3, age.toMillis());
            statement.setInt(4, limit);
            return read(statement.executeQuery());
          }
        });
  }

  static List<QueuedTask> read(ResultSet rows) throws SQLException {
    List<QueuedTask> tasks = new ArrayList<>();
    while (rows.next()) {
      tasks.add(
          new QueuedTask(
              new TaskId(rows.getObject("id", UUID.class)),
              rows.getString("tenant"),
              rows.getString("type"),
              rows.getString("queue"),
              Priority.ofCode(rows.getInt("priority")),
              rows.getInt("attempt"),
              rows.getString("traceparent")));
    }
    return tasks;
  }
}
