package io.legwork.ledger;

import io.legwork.events.EventKind;
import io.legwork.events.TaskEvent;
import io.legwork.task.TaskId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;

/**
 * The SQL that several statements share: how a transition is announced, and how a task that is over
 * moves out of the table of open tasks.
 *
 * <p>Statements that write events start with {@link #GATE}: the lock lasts until their commit, so
 * that the sequence of events grows in the order of commits and a reader who has seen one event has
 * seen all before it. Such a statement commits by itself, without a round trip to the client, so a
 * client that stalls cannot hold the lock.
 */
final class Endings {

  /**
   * Opens the {@code with} clause; {@code gate} has one row with the time of the transition. One
   * parameter: the process that announces it. A constant, so that the statements that start with it
   * are constants, too, which the mutants of the chaos tests look for in the classes.
   */
  static final String GATE =
      "with gate as materialized (select pg_advisory_xact_lock("
          + Locks.EVENTS
          + ") as locked, clock_timestamp() as at, ?::uuid as process)\n";

  /** The kind of the event that the end of a task is, by the state it ended in. */
  private static final String KIND =
      "(case state when 10 then 1 when 11 then 2 when 12 then 4 else 5 end)::smallint\n";

  /**
   * Moves the rows of {@code ended} to the finished tasks, which tells their events, too: {@code
   * finished} has them. They are rows of {@code task} with {@code end_state, ended_at, event_id,
   * reason, permanent} and {@code result} besides.
   */
  static final String FINISH =
      """
      , finished as (
        insert into finished_task (id, submitted_at, ready_at, started_at, finished_at, deadline,
                                   worker, event_sequence, event_id, process, attempt,
                                   attempt_base, events, state, priority, max_attempts, callback,
                                   permanent, tenant, queue, type, reason, result)
        select id, submitted_at, ready_at, started_at, ended_at, deadline, worker,
               nextval('event_sequence'), event_id, gate.process, attempt, attempt_base, events + 1,
               end_state, priority, max_attempts, callback, permanent, tenant, queue, type, reason,
               result
        from ended, gate
        returning event_sequence as sequence, event_id as id, id as task_id, finished_at as at,
                  events as number, attempt,
      """
          + KIND
          + """
                      as kind, callback, tenant, queue, type, reason
          )
          """;

  /**
   * Writes an event for each row of {@code transition}, which does not end its task; {@code
   * announced} has them.
   */
  static final String ANNOUNCE =
      """
      , announced as (
        insert into event (sequence, id, task_id, process, at, number, attempt, kind, callback,
                           tenant, queue, type, reason)
        select nextval('event_sequence'), event_id, id, gate.process, transition.at, number, attempt,
               kind, callback, tenant, queue, type, reason
        from transition, gate
        returning sequence, id, task_id, at, number, attempt, kind, callback, tenant, queue, type,
                  reason
      )
      """;

  /** Ends a statement: the events of {@code finished}, in their traces. */
  static final String TELL_FINISHED =
      """
      select f.*, i.traceparent from finished f left join task_input i on i.id = f.task_id
      """;

  /**
   * The committed events, to be read in their order from a place on: {@code from} this {@code where
   * sequence > ? order by sequence}. Unlike the view {@code committed_event} it has no condition of
   * its own, for then a server goes through the indexes of both tables side by side; with one it
   * reads and sorts all that follow the place, however few are asked for.
   */
  static final String EVENTS =
      """
      (
        select sequence, id, task_id, process, at, number, attempt, kind, callback, tenant, queue,
               type, reason
        from event
        union all
        select event_sequence, event_id, id, process, finished_at, events, attempt,
      """
          + KIND
          + """
                   , callback, tenant, queue, type, reason
            from finished_task
          ) e
          """;

  private Endings() {}

  /** Reads a row of {@code finished}, of {@code announced} or of the view of all events. */
  static TaskEvent event(ResultSet row) throws SQLException {
    return new TaskEvent(
        row.getLong("sequence"),
        row.getObject("id", UUID.class),
        EventKind.ofCode(row.getInt("kind")),
        row.getString("tenant"),
        new TaskId(row.getObject("task_id", UUID.class)),
        row.getString("type"),
        row.getString("queue"),
        row.getInt("number"),
        row.getInt("attempt"),
        Rows.time(row, "at"),
        row.getBoolean("callback"),
        row.getString("reason"));
  }

  /** Reads such a row that tells the {@code traceparent} of the task, too. */
  static TaskEvent tracedEvent(ResultSet row) throws SQLException {
    return event(row).inTrace(row.getString("traceparent"));
  }
}
