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
                  (case state when 10 then 1 when 11 then 2 when 12 then 4 else 5 end)::smallint
                    as kind,
                  callback, tenant, queue, type, reason
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
}
