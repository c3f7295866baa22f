package io.legwork.ledger;

import io.legwork.events.TaskEvent;
import io.legwork.task.TaskId;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Reads the committed events. Whoever has read up to a sequence has missed none before it.
 * Thread-safe.
 */
public final class EventLog {

  private static final String COLUMNS =
      """
      select sequence, id, task_id, at, number, attempt, kind, callback, tenant, queue, type, reason
      """;

  static final String AFTER =
      COLUMNS + "from " + Endings.EVENTS + "where sequence > ? order by sequence limit ?";

  private static final String OF_PROCESS =
      "select e.*, i.traceparent from ("
          + COLUMNS
          + "from "
          + Endings.EVENTS
          + """
            where process = ? and sequence > ? order by sequence limit ?
          ) e left join task_input i on i.id = e.task_id
          order by e.sequence
          """;

  private static final String RANGE =
      """
      select gone, greatest(gone, (select max(sequence) from event),
                            (select max(event_sequence) from finished_task)) as last,
             case when is_called then last_value else 0 end as issued
      from event_sequence, (select dropped_through as gone from event_retention) r
      """;

  private final LedgerSession session;

  /** Reads the ledger behind the data source. */
  public EventLog(DataSource dataSource) {
    this.session = new LedgerSession(dataSource);
  }

  /**
   * The events after a sequence, in order.
   *
   * @param limit how many at most
   */
  public List<TaskEvent> after(long sequence, int limit) {
    return read(
        AFTER,
        statement -> {
          statement.setLong(1, sequence);
          statement.setInt(2, limit);
        },
        Endings::event);
  }

  /**
   * The events of one process after a sequence, in order and in their traces, to be announced.
   *
   * @param limit how many at most
   */
  public List<TaskEvent> ofProcess(UUID process, long sequence, int limit) {
    return read(
        OF_PROCESS,
        statement -> {
          statement.setObject(1, process);
          statement.setLong(2, sequence);
          statement.setInt(3, limit);
        },
        Endings::tracedEvent);
  }

  /** The history of a task, in order. */
  public List<TaskEvent> ofTask(String tenant, TaskId task) {
    return session.question(
        tenant,
        "read the events of a task",
        COLUMNS + "from committed_event where task_id = ? and tenant = ? order by number",
        parameters -> parameters.add(task.value()).add(tenant),
        rows -> events(rows, Endings::event));
  }

  /**
   * What is kept of the events.
   *
   * @param gone up to which sequence some are gone, because the retention of their tasks is over
   * @param last the sequence of the latest there ever was, 0 if there is none
   * @param issued no event was ever committed with a higher one
   */
  public record Range(long gone, long last, long issued) {

    /**
     * The place from which a reader can go on who asks for the events after a sequence: that
     * sequence itself, unless some of what follows it is no longer kept, or it was never reached,
     * because the ledger is not the one it came from. 0 asks for everything there is.
     */
    public long nearest(long asked) {
      if (asked > issued) {
        return last;
      }
      return asked > 0 && asked < gone ? gone : asked;
    }
  }

  /** What is kept of the events. */
  public Range range() {
    return session.statement(
        "read the range of events",
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(RANGE)) {
            ResultSet rows = statement.executeQuery();
            rows.next();
            return new Range(rows.getLong("gone"), rows.getLong("last"), rows.getLong("issued"));
          }
        });
  }

  /** The sequence of the latest committed event, 0 if there is none. */
  public long latest() {
    return range().last();
  }

  /** Sets the parameters of a statement. */
  @FunctionalInterface
  private interface Binding {
    void to(PreparedStatement statement) throws SQLException;
  }

  /** Reads a row. */
  @FunctionalInterface
  private interface Reading {
    TaskEvent of(ResultSet row) throws SQLException;
  }

  private List<TaskEvent> read(String sql, Binding binding, Reading reading) {
    return session.statement(
        "read events",
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(sql)) {
            binding.to(statement);
            return events(statement.executeQuery(), reading);
          }
        });
  }

  private static List<TaskEvent> events(ResultSet rows, Reading reading) throws SQLException {
    List<TaskEvent> events = new ArrayList<>();
    while (rows.next()) {
      events.add(reading.of(rows));
    }
    return events;
  }
}
