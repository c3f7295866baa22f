package io.legwork.ledger;

import io.legwork.events.TaskEvent;
import io.legwork.task.UuidV7;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/** Ends tasks that were not started by their deadline. Thread-safe. */
public final class ExpiredTasks {

  private static final String EXPIRE =
      Endings.GATE
          + """
          , late as (
            select t.id, gate.at from gate, task t
            where t.deadline <= gate.at and t.state in (0, 1, 3)
            limit ? for update of t skip locked
          ), ended as (
            delete from task t using late
            where t.id = late.id
            returning t.*, 13 as end_state, late.at as ended_at,
                      'The task was not started by its deadline.' as reason, true as permanent,
                      null::bytea as result
          ), due as (
            delete from task_due d using ended e where d.ready_at = e.ready_at and d.id = e.id
          )
          """
          + Endings.FINISH
          + """
          , transition as (
            select e.id, i.id as event_id, 5 as kind, ended_at as at, events + 1 as number, attempt,
                   callback, tenant, queue, type, reason
            from (select *, row_number() over () as n from ended) e
            join unnest(?::uuid[]) with ordinality as i(id, n) on i.n = e.n
          )
          """
          + Endings.ANNOUNCE;

  private final LedgerSession session;
  private final UUID process;
  private final UuidV7 eventIds;

  /**
   * @param process the process that will announce the events
   */
  public ExpiredTasks(DataSource dataSource, UUID process, UuidV7 eventIds) {
    this.session = new LedgerSession(dataSource);
    this.process = process;
    this.eventIds = eventIds;
  }

  /**
   * Moves tasks past their deadline to EXPIRED.
   *
   * @param limit how many at most
   * @return the committed events, to be announced
   */
  public List<TaskEvent> expire(int limit) {
    Object[] ids = new Object[limit];
    for (int i = 0; i < limit; i++) {
      ids[i] = eventIds.next();
    }
    return session.statement(
        "expire tasks",
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(EXPIRE)) {
            statement.setInt(1, limit);
            statement.setArray(2, connection.createArrayOf("uuid", ids));
            statement.setObject(3, process);
            List<TaskEvent> events = new ArrayList<>();
            ResultSet rows = statement.executeQuery();
            while (rows.next()) {
              events.add(Endings.event(rows));
            }
            return events;
          }
        });
  }
}
