package io.legwork.ledger;

import io.legwork.task.TaskId;
import io.legwork.task.UuidV7;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Ends attempts whose worker has fallen silent: the task goes back to QUEUED, or to FAILED if that
 * was its last attempt. Nothing happens unless the process that judges may do so ({@link
 * Processes#MAY_JUDGE}). Thread-safe.
 */
public final class LostAttempts {

  private static final String FIND =
      """
      with silent as materialized (
        select id from process
        where heartbeat_at < now() - ? * interval '1 ms' and not settled and
      """
          + Processes.MAY_JUDGE
          + """
          )
          -- The table of tasks, which no index orders by worker, is read only for one who is silent.
          select t.id
          from silent,
               lateral (select id from task
                        where state = 2 and worker = silent.id offset 0) t
          limit ?
          """;

  private static final String RELEASE =
      Endings.GATE
          + """
          , lost as (
            select t.id, t.attempt, t.worker as owner, i.event_id, gate.at,
                   t.attempt - t.attempt_base >= t.max_attempts as last,
                   'The worker of attempt ' || t.attempt || ' fell silent: its process died or was '
                   || 'cut off from the database.' as reason
            from gate, unnest(?::uuid[], ?::uuid[]) as i(task, event_id)
            join task t on t.id = i.task
            where t.state = 2
              and not exists (select from process p
                              where p.id = t.worker
                                and p.heartbeat_at > now() - ? * interval '1 ms')
              and
          """
          + Processes.MAY_JUDGE
          + """
            for update of t
          ), ended as (
            delete from task t using lost
            where t.id = lost.id and lost.last
            returning t.*, 11 as end_state, lost.at as ended_at, lost.event_id, lost.reason,
                      false as permanent, null::bytea as result
          ), released as (
            update task t
            set state = 1, ready_at = lost.at, events = events + 1, worker = null
            from lost where t.id = lost.id and not lost.last
            returning t.*, lost.owner, lost.at, lost.event_id, lost.reason
          )
          """
          + Endings.FINISH
          + """
          , revoked as (
            -- In case the worker is not dead but was only cut off.
            insert into revocation (worker, task_id, attempt)
            select owner, id, attempt from lost where owner is not null
            on conflict do nothing
          ), attempts as (
            insert into task_attempt (task_id, attempt, started_at, ended_at, worker, lost,
                                      permanent, tenant, reason)
            select id, attempt, started_at, ended_at, worker, true, false, tenant, reason from ended
            union all
            select id, attempt, started_at, at, owner, true, false, tenant, reason from released
          ), transition as (
            select id, event_id, 3 as kind, at, events as number, attempt, callback, tenant, queue,
                   type, reason
            from released
          )
          """
          + Endings.ANNOUNCE
          + """
          select f.*, null::smallint as priority, i.traceparent
          from finished f left join task_input i on i.id = f.task_id
          union all
          select a.*, r.priority, i.traceparent
          from announced a
          join released r on r.id = a.task_id
          join task_input i on i.id = r.id
          """;

  private final LedgerSession session;
  private final UUID process;
  private final UuidV7 eventIds;

  /**
   * @param process the process that judges and will announce the events
   */
  public LostAttempts(DataSource dataSource, UUID process, UuidV7 eventIds) {
    this.session = new LedgerSession(dataSource);
    this.process = process;
    this.eventIds = eventIds;
  }

  /**
   * Running tasks whose worker has been silent for the lease.
   *
   * @param limit how many at most
   */
  public List<TaskId> find(Duration lease, int limit) {
    return session.statement(
        "look for silent workers",
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(FIND)) {
            long millis = lease.toMillis();
            new Parameters(statement).add(millis).add(process).add(millis).add(millis).add(limit);
            List<TaskId> tasks = new ArrayList<>();
            ResultSet rows = statement.executeQuery();
            while (rows.next()) {
              tasks.add(new TaskId(rows.getObject(1, UUID.class)));
            }
            return tasks;
          }
        });
  }

  /**
   * Ends the running attempts of those tasks whose worker has been silent for the lease; leaves the
   * others alone.
   */
  public Requeued release(List<TaskId> tasks, Duration lease) {
    return session.statement(
        "release lost attempts", connection -> release(connection, tasks, lease));
  }

  private Requeued release(Connection connection, List<TaskId> tasks, Duration lease)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(RELEASE)) {
      statement.setObject(1, process);
      new Columns<>(connection, statement, 2, tasks)
          .uuids(TaskId::value)
          .uuids(task -> eventIds.next());
      statement.setLong(4, lease.toMillis());
      statement.setObject(5, process);
      statement.setLong(6, lease.toMillis());
      statement.setLong(7, lease.toMillis());
      return Requeued.read(statement.executeQuery());
    }
  }
}
