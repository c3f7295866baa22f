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

  /**
   * What workers hold is looked up in a hash table, as long as that is no condition by itself: a
   * server that takes a few to be held makes it a join that compares each task with all of them.
   */
  private static final String REPEAT =
      """
      with held as materialized (
        select unnest(holding) as id from process where heartbeat_at > now() - ? * interval '1 ms'
      ), missing as (
        select id from task t
        where queue = ? and priority = ? and state = 1
          and ready_at < now() - ? * interval '1 ms'
          %s
          and (t.id in (select id from held)) is not true
        order by ready_at limit ? for update of t skip locked
      ), repeated as (
        update task t set ready_at = now() from missing where t.id = missing.id
        returning t.id, t.tenant, t.type, t.queue, t.priority, t.attempt
      )
      select r.*, i.traceparent from repeated r join task_input i on i.id = r.id
      """;

  private static final String REPEAT_ALL = REPEAT.formatted("");

  static final String REPEAT_OVERTAKEN =
      REPEAT.formatted(
          """
          and ready_at < (select started_through - ? * interval '1 ms' from queue_progress p
                          where p.queue = t.queue and p.priority = t.priority)
          """);

  private final LedgerSession session;
  private final Duration lease;

  /**
   * @param lease how long a worker may be silent and still be believed to hold messages
   */
  public DueTasks(DataSource dataSource, Duration lease) {
    this.session = new LedgerSession(dataSource);
    this.lease = lease;
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
   * Picks tasks that wait in a queue of which the broker says that it is empty, to publish their
   * messages again, and puts them to the end of the order. What a living worker reports to hold is
   * left alone.
   *
   * @param age how long they must have been ready: longer than a message needs to get from its
   *     commit to its claim
   * @param limit how many at most
   */
  public List<QueuedTask> repeatAll(String queue, Priority priority, Duration age, int limit) {
    return repeat(
        REPEAT_ALL,
        statement ->
            statement
                .add(lease.toMillis())
                .add(queue)
                .add(priority.code())
                .add(age.toMillis())
                .add(limit));
  }

  /**
   * Like {@link #repeatAll}, of a queue that is not empty: only tasks that were overtaken, because
   * the queue has been started beyond them (decision 1).
   *
   * @param margin how far beyond them: more than the messages of several producers overtake each
   *     other
   */
  public List<QueuedTask> repeatOvertaken(
      String queue, Priority priority, Duration age, Duration margin, int limit) {
    return repeat(
        REPEAT_OVERTAKEN,
        statement ->
            statement
                .add(lease.toMillis())
                .add(queue)
                .add(priority.code())
                .add(age.toMillis())
                .add(margin.toMillis())
                .add(limit));
  }

  private interface Binding {
    void to(Parameters parameters) throws SQLException;
  }

  private List<QueuedTask> repeat(String sql, Binding binding) {
    return session.statement(
        "pick tasks to publish again",
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(sql)) {
            binding.to(new Parameters(statement));
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
