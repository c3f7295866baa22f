package io.legwork.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/**
 * The partitions of what grows: finished tasks, inputs, attempts, progress and events, by the time
 * their task was submitted. They are made ahead of time and dropped when what they hold has been
 * over for the retention. The few tasks of a span that are not, because they were scheduled far
 * ahead or retried for long, move to the partition of those that belong to no span.
 *
 * <p>Each table is a transaction of its own that waits for its locks only for a moment: who uses
 * the ledger meanwhile is not held up for longer than that. What was not done is done with the next
 * call. Any number of processes may call. Thread-safe.
 */
public final class TaskSpans {

  /** Enough to survive a long weekend without a producer, and clocks that differ. */
  private static final int DAYS_AHEAD = 7;

  /** With a partition a week the ledger has fewer than ten for the usual retention. */
  private static final int DAYS_OF_SPAN = 7;

  /** From which retention on a span may be as long as that; otherwise it is a day. */
  private static final Duration LONG_RETENTION = Duration.ofDays(14);

  /** If more tasks than that outlive their span, it stays until fewer do. */
  private static final int MOST_MOVED = 10_000;

  /** One process at a time, and nobody waits for another one. */
  private static final String GATE = "select pg_try_advisory_xact_lock(" + Locks.TASK_SPANS + ")";

  private static final String BRIEFLY = "set local lock_timeout = '300ms'";

  private static final String SPANS =
      """
      select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
      where i.inhparent = ?::regclass and c.relname ~ '_[0-9]{8}$'
      order by 1
      """;

  /** The few tasks that go one by one are looked up, whatever the statistics say. */
  private static final String BY_INDEX =
      "set local enable_hashjoin = off; set local enable_mergejoin = off";

  /**
   * Tasks that belong to no span go with all that belongs to them, in one statement: an input that
   * is there without its task is that of a task that was lost ({@link TaskAccounts}).
   */
  private static final String CLEAR =
      """
      with over as (
        delete from finished_task_other where finished_at < ? returning id, event_sequence
      ), inputs as (
        delete from task_input i using over where i.id = over.id
      ), attempts as (
        delete from task_attempt a using over where a.task_id = over.id
      ), progress as (
        delete from task_progress p using over where p.task_id = over.id
      ), events as (
        delete from event e using over where e.task_id = over.id returning e.sequence
      )
      update event_retention
      set dropped_through = greatest(dropped_through, (select max(event_sequence) from over),
                                     (select max(sequence) from events))
      """;

  private final LedgerSession session;
  private final InstantSource clock;

  /** Keeps the spans of the ledger behind the data source. */
  public TaskSpans(DataSource dataSource, InstantSource clock) {
    this.session = new LedgerSession(dataSource);
    this.clock = clock;
  }

  /**
   * Makes the spans to come, and drops what has been over for the retention.
   *
   * @param retention how long a task is kept after its end, at least: whole days, and up to a week
   *     longer
   * @return how many partitions were dropped
   * @throws LedgerException if something was left for the next call
   */
  public int keep(Duration retention) {
    Instant now = clock.instant();
    LocalDate today = now.atZone(ZoneOffset.UTC).toLocalDate();
    int days = retention.compareTo(LONG_RETENTION) < 0 ? 1 : DAYS_OF_SPAN;
    int dropped = 0;
    for (GrowingTable table : GrowingTable.ALL) {
      alone("make room for tasks", connection -> prepare(connection, table, today, days));
      LocalDate over = today.minusDays(retention.toDays());
      while (alone(
          "drop old tasks",
          connection -> dropFirst(connection, table, over, now.minus(retention)))) {
        dropped++;
      }
    }
    alone("delete old tasks", connection -> clear(connection, now.minus(retention)));
    return dropped;
  }

  private boolean alone(String doing, LedgerSession.Work<Boolean> work) {
    return session.transaction(
        doing,
        connection -> {
          execute(connection, BRIEFLY);
          try (PreparedStatement gate = connection.prepareStatement(GATE)) {
            ResultSet rows = gate.executeQuery();
            return rows.next() && rows.getBoolean(1) && work.on(connection);
          }
        });
  }

  /**
   * After a long time without a producer there is no span for today; its tasks are with those of no
   * span then, where the next span must not begin.
   */
  private static boolean prepare(
      Connection connection, GrowingTable table, LocalDate today, int days) throws SQLException {
    List<LocalDate> spans = spans(connection, table);
    LocalDate end = spans.isEmpty() ? today : spans.getLast();
    LocalDate start = end.isAfter(today) ? end : today.plusDays(1);
    for (; start.isBefore(today.plusDays(DAYS_AHEAD)); start = start.plusDays(days)) {
      execute(connection, table.creation(start, start.plusDays(days)));
    }
    return true;
  }

  /** Drops the first span if it is over, and says whether it did. */
  private static boolean dropFirst(
      Connection connection, GrowingTable table, LocalDate over, Instant cutoff)
      throws SQLException {
    List<LocalDate> spans = spans(connection, table);
    if (spans.isEmpty() || spans.getFirst().isAfter(over)) {
      return false;
    }
    LocalDate end = spans.getFirst();
    if (!table.equals(GrowingTable.FINISHED)
        && spans(connection, GrowingTable.FINISHED).contains(end)) {
      return false;
    }
    // Whoever ends a task of this span waits; all others go on while its rows are read.
    execute(connection, "lock table " + table.span(end) + " in share row exclusive mode");
    execute(connection, table.keeping(end, cutoff, MOST_MOVED + 1));
    if (rows(connection, "kept") > MOST_MOVED) {
      execute(connection, "drop table kept");
      return false;
    }
    if (table.sequence() != null) {
      execute(connection, table.noting(end, cutoff));
    }
    execute(connection, "drop table " + table.span(end));
    execute(connection, "insert into " + table.table() + " select * from kept");
    if (table.equals(GrowingTable.FINISHED)) {
      for (GrowingTable other : GrowingTable.DEPENDENT) {
        execute(connection, other.clearing(end));
      }
    }
    return true;
  }

  private static boolean clear(Connection connection, Instant cutoff) throws SQLException {
    execute(connection, BY_INDEX);
    try (PreparedStatement statement = connection.prepareStatement(CLEAR)) {
      statement.setObject(1, cutoff.atOffset(ZoneOffset.UTC));
      statement.execute();
    }
    return true;
  }

  private static List<LocalDate> spans(Connection connection, GrowingTable table)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(SPANS)) {
      statement.setString(1, table.table());
      List<LocalDate> ends = new ArrayList<>();
      ResultSet rows = statement.executeQuery();
      while (rows.next()) {
        ends.add(GrowingTable.end(rows.getString(1)));
      }
      return ends;
    }
  }

  private static long rows(Connection connection, String table) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      ResultSet rows = statement.executeQuery("select count(*) from " + table);
      rows.next();
      return rows.getLong(1);
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
