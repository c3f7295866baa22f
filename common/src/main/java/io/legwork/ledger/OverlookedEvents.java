package io.legwork.ledger;

import io.legwork.events.TaskEvent;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/**
 * Finds the events that nobody has made a delivery of: the broker had taken their messages and has
 * lost them since, with their queue or with all its data. Each event is looked at once, in the
 * order of their commits. Several may look side by side. Thread-safe.
 */
public final class OverlookedEvents {

  /**
   * Deliveries lie by days, and their ids begin with the time of their event as its own does: up to
   * the first twelve digits they are the same. So each event is looked for in one day.
   */
  static final String LOOK =
      """
      with page as materialized (
        select * from %1$s
        where sequence > (select checked_through from notification_progress)
        order by sequence limit ?
      ), ripe as (
        select * from page where at < clock_timestamp() - ? * interval '1 ms'
      ), overlooked as (
        select * from ripe
        where (callback or ?)
          and not exists (select from delivery d
                          where d.task_id = ripe.task_id and d.event_id = ripe.id
                            and d.id >= (left(ripe.id::text, 13) || '%2$s')::uuid
                            and d.id <= (left(ripe.id::text, 13) || '%3$s')::uuid)
      )
      select whole.through, whole.events, o.*
      from (select max(sequence) as through, count(*) as events from ripe) whole
      left join overlooked o on true
      where whole.events > 0
      order by o.sequence
      """
          .formatted(Endings.EVENTS, "-0000-0000-000000000000", "-ffff-ffff-ffffffffffff");

  private static final String CHECKED =
      "update notification_progress set checked_through = greatest(checked_through, ?)";

  private final LedgerSession session;

  /**
   * What was seen.
   *
   * @param through up to which sequence was looked, or 0 if there was nothing to look at
   * @param events those without a delivery, in order
   * @param more whether there is more to look at
   */
  public record Look(long through, List<TaskEvent> events, boolean more) {

    /** Takes a copy. */
    public Look {
      events = List.copyOf(events);
    }
  }

  /** Reads and writes the ledger behind the data source. */
  public OverlookedEvents(DataSource dataSource) {
    this.session = new LedgerSession(dataSource);
  }

  /**
   * Looks at the events that follow those that were checked.
   *
   * @param all whether those without a callback may concern somebody, too
   * @param age how old they must be: longer than a message usually takes
   * @param limit how many to look at, at most
   */
  public Look look(boolean all, Duration age, int limit) {
    return session.statement(
        "look for overlooked events", connection -> look(connection, all, age, limit));
  }

  private static Look look(Connection connection, boolean all, Duration age, int limit)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(LOOK)) {
      new Parameters(statement).add(limit).add(age.toMillis()).add(all);
      long through = 0;
      long seen = 0;
      List<TaskEvent> events = new ArrayList<>();
      ResultSet rows = statement.executeQuery();
      while (rows.next()) {
        through = rows.getLong("through");
        seen = rows.getLong("events");
        if (rows.getObject("id") != null) {
          events.add(Endings.event(rows));
        }
      }
      return new Look(through, events, seen == limit);
    }
  }

  /** Notes that all events up to a sequence have their deliveries. */
  public void checked(long through) {
    session.statement(
        "note checked events",
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(CHECKED)) {
            statement.setLong(1, through);
            return statement.executeUpdate();
          }
        });
  }
}
