package io.legwork.ledger;

import java.sql.PreparedStatement;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Gives running tasks back when their worker stops (guarantee G11): they are QUEUED again at once,
 * and the attempt that was cut short does not count against the limit. Thread-safe.
 */
public final class HandBacks {

  private static final String HAND_BACK =
      """
      with handed as (
        update task t
        set state = 1, attempt_base = t.attempt_base + 1, ready_at = now(), worker = null
        from unnest(?::uuid[], ?::int4[]) as i(id, attempt)
        where t.id = i.id and t.attempt = i.attempt and t.state = 2 and t.worker = ?
        returning t.id, t.tenant, t.type, t.queue, t.priority, t.attempt, t.started_at, t.ready_at
      ), attempts as (
        insert into task_attempt (task_id, attempt, started_at, ended_at, worker, lost, permanent,
                                  tenant, reason)
        select id, attempt, started_at, ready_at, ?, false, false, tenant,
               'Handed back: the worker was stopped. The attempt does not count.'
        from handed
      )
      select h.*, i.traceparent from handed h join task_input i on i.id = h.id
      """;

  private final LedgerSession session;
  private final UUID worker;

  /**
   * @param worker the process that stops
   */
  public HandBacks(DataSource dataSource, UUID worker) {
    this.session = new LedgerSession(dataSource);
    this.worker = worker;
  }

  /**
   * Puts those of the attempts back to QUEUED that this worker still runs. Their outcomes are
   * refused from now on.
   *
   * @return the tasks whose messages are now to be published
   * @throws LedgerException if nothing was changed, or the connection was lost before that was
   *     known; the tasks are then found by their worker's silence
   */
  public List<QueuedTask> handBack(List<RunningAttempt> attempts) {
    return session.statement(
        "hand back tasks",
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(HAND_BACK)) {
            new Columns<>(connection, statement, 1, attempts)
                .uuids(attempt -> attempt.task().value())
                .integers(RunningAttempt::attempt);
            statement.setObject(3, worker);
            statement.setObject(4, worker);
            return DueTasks.read(statement.executeQuery());
          }
        });
  }
}
