package io.legwork.ledger;

import io.legwork.task.TaskId;
import io.legwork.task.UuidV7;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Starts tasks anew that are FAILED, CANCELLED or EXPIRED: a new run of the same task, with all its
 * attempts before it. The numbers of attempts go on, because they are fencing tokens. A deadline
 * belongs to the first run and is dropped. Thread-safe.
 */
public final class Redrives {

  private static final String REDRIVE =
      Endings.GATE
          + """
          , revived as (
            delete from finished_task f using gate, unnest(?::uuid[], ?::uuid[]) as i(task, event_id)
            where f.id = i.task and f.tenant = ? and f.state in (11, 12, 13)
            returning f.id, f.submitted_at, f.finished_at, f.event_sequence,
                      f.event_id as ended_event, f.process, f.attempt, f.events, f.state,
                      f.priority, f.max_attempts, f.callback, f.tenant, f.queue, f.type, f.reason,
                      gate.at, i.event_id
          ), opened as (
            insert into task (id, submitted_at, ready_at, attempt, attempt_base, events, state,
                              priority, max_attempts, callback, tenant, queue, type)
            select id, submitted_at, at, attempt, attempt, events + 1, 1, priority, max_attempts,
                   callback, tenant, queue, type
            from revived
          ), ended as (
            -- The end of the run before was told by the row that is gone now.
            insert into event (sequence, id, task_id, process, at, number, attempt, kind, callback,
                               tenant, queue, type, reason)
            select event_sequence, ended_event, id, process, finished_at, events, attempt,
                   case state when 11 then 2 when 12 then 4 else 5 end, callback, tenant, queue,
                   type, reason
            from revived where event_sequence is not null
          ), transition as (
            select id, event_id, 6 as kind, at, events + 1 as number, attempt, callback, tenant,
                   queue, type, null::text as reason
            from revived
          )
          """
          + Endings.ANNOUNCE
          + """
          select a.*, r.priority, i.traceparent
          from announced a
          join revived r on r.id = a.task_id
          join task_input i on i.id = a.task_id
          """;

  private final LedgerSession session;
  private final UUID process;
  private final UuidV7 eventIds;

  /**
   * @param process the process that will announce the events
   */
  public Redrives(DataSource dataSource, UUID process, UuidV7 eventIds) {
    this.session = new LedgerSession(dataSource);
    this.process = process;
    this.eventIds = eventIds;
  }

  /**
   * Moves those of the tasks to QUEUED that are the tenant's and ended without success; leaves the
   * others alone.
   *
   * @throws LedgerException if nothing was changed, or the connection was lost before that was
   *     known; to redrive again is harmless
   */
  public Requeued redrive(String tenant, List<TaskId> tasks) {
    return session.statement("redrive tasks", connection -> redrive(connection, tenant, tasks));
  }

  private Requeued redrive(Connection connection, String tenant, List<TaskId> tasks)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(REDRIVE)) {
      statement.setObject(1, process);
      new Columns<>(connection, statement, 2, tasks)
          .uuids(TaskId::value)
          .uuids(task -> eventIds.next());
      statement.setString(4, tenant);
      return Requeued.read(statement.executeQuery());
    }
  }
}
