package io.legwork.ledger;

import io.legwork.events.TaskEvent;
import io.legwork.task.TaskId;
import io.legwork.task.UuidV7;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Cancels tasks that are not over (guarantee G8). The attempt that may be running is revoked: its
 * outcome will be refused, and its worker is told to stop it. Thread-safe.
 */
public final class Cancellations {

  private static final String CANCEL =
      Endings.GATE
          + """
          , open as (
            select t.id, t.state as was, gate.at from gate, task t
            where t.id = ? and t.tenant = ? for update of t
          ), ended as (
            delete from task t using open
            where t.id = open.id
            returning t.*, open.was, 12 as end_state, open.at as ended_at, ?::uuid as event_id,
                      'The task was cancelled by a request.' as reason, true as permanent,
                      null::bytea as result
          ), due as (
            delete from task_due d using ended e where d.ready_at = e.ready_at and d.id = e.id
          ), revoked as (
            insert into revocation (worker, task_id, attempt)
            select worker, id, attempt from ended where was = 2
            on conflict do nothing
          ), attempts as (
            insert into task_attempt (task_id, attempt, started_at, ended_at, worker, lost,
                                      permanent, tenant, reason)
            select id, attempt, started_at, ended_at, worker, false, true, tenant, reason
            from ended where was = 2
          )
          """
          + Endings.FINISH
          + Endings.TELL_FINISHED;

  private final LedgerSession session;
  private final UUID process;
  private final UuidV7 eventIds;

  /**
   * @param process the process that will announce the events
   */
  public Cancellations(DataSource dataSource, UUID process, UuidV7 eventIds) {
    this.session = new LedgerSession(dataSource);
    this.process = process;
    this.eventIds = eventIds;
  }

  /**
   * Moves a task to CANCELLED.
   *
   * @return the committed event, to be announced, or empty if the tenant has no such task or it is
   *     over
   * @throws LedgerException if nothing was changed, or the connection was lost before that was
   *     known; to cancel again is harmless
   */
  public Optional<TaskEvent> cancel(String tenant, TaskId task) {
    return session.statement(
        "cancel a task",
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(CANCEL)) {
            new Parameters(statement)
                .add(process)
                .add(task.value())
                .add(tenant)
                .add(eventIds.next());
            ResultSet rows = statement.executeQuery();
            return rows.next() ? Optional.of(Endings.tracedEvent(rows)) : Optional.empty();
          }
        });
  }
}
