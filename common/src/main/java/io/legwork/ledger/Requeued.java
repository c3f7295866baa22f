package io.legwork.ledger;

import io.legwork.events.TaskEvent;
import io.legwork.task.Priority;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * What a statement has put back to QUEUED or ended.
 *
 * @param queued the tasks that are QUEUED again and whose messages are to be published
 * @param events the committed events, to be announced
 */
public record Requeued(List<QueuedTask> queued, List<TaskEvent> events) {

  /** Takes copies. */
  public Requeued {
    queued = List.copyOf(queued);
    events = List.copyOf(events);
  }

  /**
   * Reads the rows that {@link Endings#ANNOUNCE} returned, each with the {@code priority} and the
   * {@code traceparent} of its task; the priority is null where the task is not QUEUED.
   */
  static Requeued read(ResultSet rows) throws SQLException {
    List<QueuedTask> queued = new ArrayList<>();
    List<TaskEvent> events = new ArrayList<>();
    while (rows.next()) {
      TaskEvent event = Endings.tracedEvent(rows);
      events.add(event);
      int priority = rows.getInt("priority");
      if (!rows.wasNull()) {
        queued.add(QueuedTask.of(event, Priority.ofCode(priority), event.traceparent()));
      }
    }
    return new Requeued(queued, events);
  }
}
