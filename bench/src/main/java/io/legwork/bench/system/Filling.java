package io.legwork.bench.system;

import io.legwork.bench.system.Servers.Site;
import io.legwork.local.service.Await;
import java.sql.SQLException;
import java.time.Duration;

/** Lets the benchmark's own ledger grow, and watches it shrink. */
public final class Filling {

  private static final Duration LOOK = Duration.ofMillis(500);
  private static final Duration FIRST_END = Duration.ofMinutes(2);

  /** Spread over the last week, as if they had been done one after the other. */
  private static final String INSERT =
      """
      with made as (
        select uuidv7_at, made_at from (
          select made_at,
                 (lpad(to_hex((extract(epoch from made_at) * 1000)::bigint), 12, '0')
                   || '7' || substr(md5(n::text), 1, 3) || '8' || substr(md5(n::text), 4, 15))::uuid
                   as uuidv7_at
          from (select n, now() - interval '7 days' + n * (interval '7 days' / ?) as made_at
                from generate_series(0, ? - 1) n) numbered) dated),
      inputs as (
        insert into task_input (id, tenant, timeout_millis, retry_initial_millis,
                                retry_max_millis, retry_factor, payload)
        select uuidv7_at, 'default', 300000, 1000, 3600000, 2,
               convert_to('{"millis":0,"body":"' || repeat('p', 232) || '"}', 'UTF8')
        from made)
      insert into finished_task (id, submitted_at, ready_at, started_at, finished_at, attempt,
                                 attempt_base, events, state, priority, max_attempts, callback,
                                 permanent, tenant, queue, type, result)
      select uuidv7_at, made_at, made_at, made_at, made_at, 1, 0, 1, 10, 1, 5, false, false,
             'default', 'default', 'bench.noop',
             convert_to('{"body":"' || repeat('r', 53) || '"}', 'UTF8')
      from made
      """;

  private Filling() {}

  /** Adds finished tasks to the ledger, as they would be if the system had done them. */
  public static void finished(Site site, int count) throws SQLException {
    try (var connection = site.connect();
        var insert = connection.prepareStatement(INSERT);
        var statement = connection.createStatement()) {
      insert.setInt(1, count);
      insert.setInt(2, count);
      insert.execute();
      statement.execute("vacuum analyze");
      statement.execute("checkpoint");
    }
  }

  /** How many tasks leave the ledger per second, over some seconds after the first has left. */
  public static double claimRate(Site site, int seconds) throws SQLException {
    long before = open(site);
    Await.within(FIRST_END, LOOK, () -> unchecked(site) < before);
    long atStart = open(site);
    long start = System.nanoTime();
    Await.within(Duration.ofSeconds(seconds), LOOK, () -> unchecked(site) == 0);
    return (atStart - open(site)) / ((System.nanoTime() - start) / 1e9);
  }

  private static long unchecked(Site site) {
    try {
      return open(site);
    } catch (SQLException e) {
      throw new IllegalStateException("the ledger cannot be asked", e);
    }
  }

  private static long open(Site site) throws SQLException {
    try (var connection = site.connect();
        var statement = connection.createStatement();
        var row = statement.executeQuery("select count(*) from task")) {
      row.next();
      return row.getLong(1);
    }
  }
}
