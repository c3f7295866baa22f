package io.legwork.bench.system;

import io.legwork.bench.system.Servers.Site;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;

/** Lets the benchmark's own ledger grow, and reads from it how fast tasks ended. */
public final class Filling {

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
                                 permanent, tenant, queue, type, result, event_sequence,
                                 event_id)
      select uuidv7_at, made_at, made_at, made_at, made_at, 1, 0, 1, 10, 1, 5, false, false,
             'default', 'default', 'bench.noop',
             convert_to('{"body":"' || repeat('r', 53) || '"}', 'UTF8'),
             nextval('event_sequence'), uuidv7_at
      from made
      """;

  private static final String RATE =
      """
      with done as (select started_at, finished_at from finished_task where started_at > ?),
           begin as (select min(started_at) as at, max(finished_at) as last from done)
      select count(*) filter (where finished_at < at + make_interval(secs => ?))
               / greatest(0.001, least(?, extract(epoch from last - at)))
      from done, begin group by at, last
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

  /**
   * How many tasks ended per second since the first was started after this time, over so many
   * seconds or until the last had ended.
   */
  public static double claimRate(Site site, Instant since, int seconds) throws SQLException {
    try (var connection = site.connect();
        var query = connection.prepareStatement(RATE)) {
      query.setObject(1, since.atOffset(ZoneOffset.UTC));
      query.setDouble(2, seconds);
      query.setDouble(3, seconds);
      try (var row = query.executeQuery()) {
        row.next();
        return row.getDouble(1);
      }
    }
  }
}
