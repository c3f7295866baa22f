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
          ), numbered as (
            select l.id, l.at, i.id as event_id
            from (select *, row_number() over () as n from late) l
            join unnest(?::uuid[]) with ordinality as i(id, n) on i.n = l.n
          ), ended as (
            delete from task t using numbered late
            where t.id = late.id
            returning t.*, 13 as end_state, late.at as ended_at, late.event_id,
                      'The task was not started by its deadline.' as reason, true as permanent,
                      null::bytea as result
          ), due as (
            delete from task_due d using ended e where d.ready_at = e.ready_at and d.id = e.id
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
            statement.setObject(1, process);
            statement.setInt(2, limit);
            statement.setArray(3, connection.createArrayOf("uuid", ids));
            List<TaskEvent> events = new ArrayList<>();
            ResultSet rows = statement.executeQuery();
            while (rows.next()) {
              events.add(Endings.tracedEvent(rows));
            }
            return events;
          }
        });
  }
}
