package io.legwork.ledger;

import io.legwork.task.TaskId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Proves that every accepted task is open or finished, and nothing else is: what {@code task_input}
 * says was accepted is compared with {@code task} and {@code finished_task}, a slice of ids with
 * each step, round after round. It costs those who accept and run tasks no write.
 *
 * <p>A slice is compared in one snapshot, in which a task that moves is either here or there. What
 * does not add up is looked at once more, later, before it is confirmed, and again at the end of
 * every round, so that a task that was brought back is forgotten. A round ends when nothing is in
 * doubt any more.
 *
 * <p>How far a round has come is kept in the ledger: any number of processes may call, one of them
 * makes the next step, and after a restart the round goes on where it was. Thread-safe.
 */
public final class TaskAccounts {

  private static final UUID LOWEST = new UUID(0, 0);
  private static final UUID HIGHEST = new UUID(-1, -1);

  /** How many of the tasks a step has confirmed it names. */
  private static final int MOST_NAMED = 20;

  private static final String TURN =
      "select through from accounting"
          + " where next_at <= clock_timestamp() for update skip locked";

  /**
   * By their indexes alone, whatever the statistics say: payloads and results are not to be read.
   * The plan depends on where the slice is.
   */
  private static final String BY_INDEX =
      """
      set local enable_seqscan = off;
      set local enable_bitmapscan = off;
      set local enable_hashjoin = off;
      set local enable_mergejoin = off;
      set local plan_cache_mode = force_custom_plan
      """;

  /**
   * Inputs of spans whose finished tasks have been dropped are dropped next ({@link TaskSpans}); up
   * to where that is so.
   */
  private static final String GOING =
      """
      with span as (
        select i.inhparent::regclass::text as parent, to_date(right(c.relname, 8), 'YYYYMMDD') as ends
        from pg_inherits i join pg_class c on c.oid = i.inhrelid
        where i.inhparent in ('task_input'::regclass, 'finished_task'::regclass)
          and c.relname ~ '_[0-9]{8}$'
      )
      select coalesce((select delivery_bound(max(ends)) from span where parent = 'task_input' and ends <
                        (select min(ends) from span where parent = 'finished_task')), ?::uuid)
      """;

  /** The tenants that have finished tasks, from index entry to index entry. */
  private static final String TENANTS =
      """
      with recursive tenant as (
        (select tenant as name from finished_task order by tenant limit 1)
        union all
        select (select f.tenant from finished_task f where f.tenant > t.name
                order by f.tenant limit 1)
        from tenant t where t.name is not null
      )
      """;

  private static final String COMPARE =
      TENANTS
          + """
          , accepted as materialized (
            select id from task_input where id > ? order by id limit ?
          ), reached as materialized (
            select case when count(*) < ? then ?::uuid
                        else (select id from accepted order by id desc limit 1) end as id
            from accepted
          ), kept as materialized (
            select id, 1 as open from task where id > ? and id <= (select id from reached)
            union all
            select id, 0 from finished_task
            where tenant = any (array(select name from tenant where name is not null))
              and id > ? and id <= (select id from reached)
          ), doubtful as (
            select id
            from (select id, 1 as accepted, 0 as kept from accepted
                  union all select id, 0, 1 from kept) as found
            group by id having sum(accepted) <> 1 or sum(kept) <> 1
          ), noted as (
            insert into unaccounted_task (id) select id from doubtful on conflict do nothing
          )
          select (select id from reached) as reached, (select count(*) from accepted) as accepted,
                 (select count(*) from kept where open = 1) as open,
                 (select count(*) from kept where open = 0) as finished
          """;

  private static final String EXAMINE =
      TENANTS
          + """
          , examined as materialized (
            select u.id, u.confirmed_at is null as doubtful,
                   exists (select from task_input i where i.id = u.id) as accepted,
                   (select count(*) from task t where t.id = u.id)::integer as open,
                   (select count(*) from finished_task f
                    where f.tenant = any (array(select name from tenant where name is not null))
                      and f.id = u.id)::integer as finished
            from unaccounted_task u
            where u.confirmed_at is null and u.found_at <= clock_timestamp() - ? * interval '1 ms'
               or ? and u.confirmed_at is not null
          ), wrong as materialized (
            select * from examined
            where open + finished <> accepted::integer
              and not (accepted and open + finished = 0 and id < ?)
          ), cleared as (
            delete from unaccounted_task u using examined e
            where u.id = e.id and not exists (select from wrong w where w.id = e.id)
          ), confirmed as (
            update unaccounted_task u
            set confirmed_at = clock_timestamp(), accepted = w.accepted, open = w.open,
                finished = w.finished
            from wrong w where u.id = w.id and w.doubtful
          )
          select id, accepted, open, finished, count(*) over () as confirmed
          from wrong where doubtful order by id limit ?
          """;

  private static final String IS_DOUBTFUL =
      "select exists (select from unaccounted_task where confirmed_at is null)";

  private static final String ADVANCE =
      """
      update accounting
      set through = ?, accepted = accepted + ?, open = open + ?, finished = finished + ?,
          next_at = clock_timestamp() + ? * interval '1 us'
      """;

  private static final String COMPLETE =
      """
      with next as (
        select greatest(clock_timestamp() + ? * interval '1 us', started_at + ? * interval '1 ms')
          as at from accounting
      )
      update accounting
      set last_started_at = started_at, last_ended_at = clock_timestamp(), last_accepted = accepted,
          last_open = open, last_finished = finished, through = ?, accepted = 0, open = 0,
          finished = 0, started_at = next.at, next_at = next.at
      from next
      """;

  private static final String SUMMARY =
      """
      select (extract(epoch from clock_timestamp() - last_started_at) * 1000)::int8 as age,
             (extract(epoch from last_ended_at - last_started_at) * 1000)::int8 as duration,
             last_accepted, last_open, last_finished,
             (select count(*) from unaccounted_task where confirmed_at is not null) as unaccounted
      from accounting
      """;

  private final LedgerSession session;
  private final Pace pace;

  /**
   * How much is asked of the database.
   *
   * @param slice how many tasks are compared in a step
   * @param patience how long after it was found a task that does not add up is looked at again, at
   *     least
   * @param rest how many times as long as a step has taken nobody makes the next one
   * @param interval from the beginning of a round to that of the next one, at least
   */
  public record Pace(int slice, Duration patience, int rest, Duration interval) {

    /**
     * A twentieth of the time of one connection, and less where the tasks are few. A step takes
     * less time than those wait who drop partitions.
     *
     * @param interval from the beginning of a round to that of the next one, at least
     */
    public static Pace every(Duration interval) {
      return new Pace(20_000, Duration.ofSeconds(5), 19, interval);
    }
  }

  /** A task that does not add up, and what there is of it. */
  public record Unaccounted(TaskId task, boolean accepted, int open, int finished) {}

  /**
   * What came of a step.
   *
   * @param made whether it was made: it is not if another process makes one or it is too early
   * @param completed whether a round has ended with it
   * @param confirmed how many tasks were confirmed not to add up
   * @param first the first of those
   */
  public record Step(boolean made, boolean completed, long confirmed, List<Unaccounted> first) {
    private static final Step NONE = new Step(false, false, 0, List.of());
  }

  /**
   * The last round that was completed, whoever made it.
   *
   * @param age the time since it began: what was wrong before has been found
   * @param unaccounted how many tasks are known not to add up now
   */
  public record Summary(
      Duration age, Duration duration, long accepted, long open, long finished, long unaccounted) {}

  /** Compares what is in the ledger behind the data source. */
  public TaskAccounts(DataSource dataSource, Pace pace) {
    this.session = new LedgerSession(dataSource);
    this.pace = pace;
  }

  /**
   * Makes the next step if it is time for it.
   *
   * @throws LedgerException if it was not made
   */
  public Step step() {
    return session.transaction("account for tasks", this::step);
  }

  private Step step(Connection connection) throws SQLException {
    long begin = System.nanoTime();
    UUID through;
    try (PreparedStatement turn = connection.prepareStatement(TURN)) {
      ResultSet rows = turn.executeQuery();
      if (!rows.next()) {
        return Step.NONE;
      }
      through = rows.getObject(1, UUID.class);
    }
    try (Statement settings = connection.createStatement()) {
      settings.execute(BY_INDEX);
    }
    UUID going = going(connection);
    boolean compared = compare(connection, later(through, going), begin);
    List<Unaccounted> first = new ArrayList<>();
    long confirmed = examine(connection, going, compared, first);
    boolean completed = compared && !isDoubtful(connection);
    if (completed) {
      complete(connection, begin);
    }
    return new Step(true, completed, confirmed, first);
  }

  private static UUID going(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(GOING)) {
      statement.setObject(1, LOWEST);
      ResultSet rows = statement.executeQuery();
      rows.next();
      return rows.getObject(1, UUID.class);
    }
  }

  /** Ids are compared as PostgreSQL does it, by their digits. */
  private static UUID later(UUID one, UUID other) {
    return one.toString().compareTo(other.toString()) < 0 ? other : one;
  }

  /** Says whether all tasks have been compared in this round. */
  private boolean compare(Connection connection, UUID through, long begin) throws SQLException {
    try (PreparedStatement compare = connection.prepareStatement(COMPARE);
        PreparedStatement advance = connection.prepareStatement(ADVANCE)) {
      new Parameters(compare)
          .add(through)
          .add(pace.slice())
          .add(pace.slice())
          .add(HIGHEST)
          .add(through)
          .add(through);
      ResultSet rows = compare.executeQuery();
      rows.next();
      UUID reached = rows.getObject("reached", UUID.class);
      new Parameters(advance)
          .add(reached)
          .add(rows.getLong("accepted"))
          .add(rows.getLong("open"))
          .add(rows.getLong("finished"))
          .add(restMicros(begin));
      advance.executeUpdate();
      return reached.equals(HIGHEST);
    }
  }

  private long examine(
      Connection connection, UUID going, boolean confirmedToo, List<Unaccounted> first)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(EXAMINE)) {
      new Parameters(statement)
          .add(pace.patience().toMillis())
          .add(confirmedToo)
          .add(going)
          .add(MOST_NAMED);
      long confirmed = 0;
      ResultSet rows = statement.executeQuery();
      while (rows.next()) {
        confirmed = rows.getLong("confirmed");
        first.add(
            new Unaccounted(
                new TaskId(rows.getObject("id", UUID.class)),
                rows.getBoolean("accepted"),
                rows.getInt("open"),
                rows.getInt("finished")));
      }
      return confirmed;
    }
  }

  private static boolean isDoubtful(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(IS_DOUBTFUL)) {
      ResultSet rows = statement.executeQuery();
      rows.next();
      return rows.getBoolean(1);
    }
  }

  private void complete(Connection connection, long begin) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(COMPLETE)) {
      new Parameters(statement).add(restMicros(begin)).add(pace.interval().toMillis()).add(LOWEST);
      statement.executeUpdate();
    }
  }

  private long restMicros(long begin) {
    return pace.rest() * (System.nanoTime() - begin) / 1_000;
  }

  /** The last round that was completed. */
  public Summary summary() {
    return session.statement(
        "read the accounts of tasks",
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(SUMMARY)) {
            ResultSet rows = statement.executeQuery();
            rows.next();
            return new Summary(
                Duration.ofMillis(rows.getLong("age")),
                Duration.ofMillis(rows.getLong("duration")),
                rows.getLong("last_accepted"),
                rows.getLong("last_open"),
                rows.getLong("last_finished"),
                rows.getLong("unaccounted"));
          }
        });
  }
}
