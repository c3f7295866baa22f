package io.legwork.ledger;

import io.legwork.task.RetryPolicy;
import io.legwork.task.TypeDefinition;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The task types that workers handle. A type stays known when its last worker has gone: its tasks
 * wait for the next one. Thread-safe.
 */
public final class TaskTypes {

  private static final String REGISTER =
      """
      with known as (
        insert into task_type (name, payload_schema, timeout_millis, max_attempts,
                               retry_initial_millis, retry_max_millis, retry_factor)
        select name, schema::json, timeout, attempts, initial, max, factor
        from unnest(?::text[], ?::text[], ?::int8[], ?::int4[], ?::int8[], ?::int8[], ?::float8[])
               as i(name, schema, timeout, attempts, initial, max, factor)
        order by name
        on conflict (name) do update
        set payload_schema = excluded.payload_schema, timeout_millis = excluded.timeout_millis,
            max_attempts = excluded.max_attempts,
            retry_initial_millis = excluded.retry_initial_millis,
            retry_max_millis = excluded.retry_max_millis, retry_factor = excluded.retry_factor
        returning name
      )
      insert into worker_type (worker, type) select ?, name from known
      on conflict do nothing
      """;

  private static final String READ =
      """
      select t.*, t.payload_schema::text as schema,
             (select count(*) from worker_type w join process p on p.id = w.worker
              where w.type = t.name and p.heartbeat_at > now() - ? * interval '1 ms') as workers
      from task_type t
      order by t.name
      """;

  private static final String RECORD_RUN_TIMES =
      """
      update task_type t set run_micros = i.micros
      from unnest(?::text[], ?::int8[]) as i(name, micros)
      where t.name = i.name
      """;

  private static final String READ_RUN_TIMES =
      "select name, run_micros from task_type where run_micros is not null";

  private final LedgerSession session;

  /** Reads and writes the ledger behind the data source. */
  public TaskTypes(DataSource dataSource) {
    this.session = new LedgerSession(dataSource);
  }

  /**
   * Makes the types of a worker known, so that tasks of them are accepted from now on. What another
   * worker said of the same type is replaced.
   */
  public void register(UUID worker, Collection<TypeDefinition> types) {
    List<TypeDefinition> rows = List.copyOf(types);
    session.statement(
        "register task types",
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(REGISTER)) {
            new Columns<>(connection, statement, 1, rows)
                .texts(TypeDefinition::name)
                .texts(type -> type.payloadSchema() == null ? null : type.payloadSchema().text())
                .longs(type -> millis(type.timeout()))
                .integers(TypeDefinition::maxAttempts)
                .longs(type -> type.retry() == null ? null : millis(type.retry().initial()))
                .longs(type -> type.retry() == null ? null : millis(type.retry().max()))
                .doubles(type -> type.retry() == null ? null : type.retry().factor());
            statement.setObject(8, worker);
            return statement.executeUpdate();
          }
        });
  }

  /** Every type that some worker has ever handled, by its name. */
  public Map<String, TypeDefinition> known() {
    Map<String, TypeDefinition> known = new TreeMap<>();
    read(Duration.ZERO).forEach(type -> known.put(type.definition().name(), type.definition()));
    return known;
  }

  /**
   * The types that live workers handle, sorted by name.
   *
   * @param lease how long a worker may have been silent
   */
  public List<TypeView> live(Duration lease) {
    return read(lease).stream().filter(type -> type.workers() > 0).toList();
  }

  /** Writes how long attempts of types run on average, in place of what was known. */
  public void recordRunTimes(Map<String, Duration> runTimes) {
    List<Map.Entry<String, Duration>> rows = List.copyOf(new TreeMap<>(runTimes).entrySet());
    session.statement(
        "record how long types run",
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(RECORD_RUN_TIMES)) {
            new Columns<>(connection, statement, 1, rows)
                .texts(Map.Entry::getKey)
                .longs(row -> TimeUnit.MICROSECONDS.convert(row.getValue()));
            return statement.executeUpdate();
          }
        });
  }

  /** How long attempts of a type run on average, by its name, where that is known. */
  public Map<String, Duration> runTimes() {
    return session.statement(
        "read how long types run",
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(READ_RUN_TIMES)) {
            Map<String, Duration> runTimes = new HashMap<>();
            ResultSet rows = statement.executeQuery();
            while (rows.next()) {
              runTimes.put(rows.getString(1), Duration.of(rows.getLong(2), ChronoUnit.MICROS));
            }
            return runTimes;
          }
        });
  }

  private List<TypeView> read(Duration lease) {
    return session.statement(
        "read the task types",
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(READ)) {
            statement.setLong(1, lease.toMillis());
            List<TypeView> types = new ArrayList<>();
            ResultSet rows = statement.executeQuery();
            while (rows.next()) {
              types.add(new TypeView(definition(rows), rows.getInt("workers")));
            }
            return types;
          }
        });
  }

  private static TypeDefinition definition(ResultSet row) throws SQLException {
    int maxAttempts = row.getInt("max_attempts");
    boolean attemptsNamed = !row.wasNull();
    return new TypeDefinition(
        row.getString("name"),
        Rows.jsonOrNull(row, "schema"),
        durationOrNull(row, "timeout_millis"),
        attemptsNamed ? maxAttempts : null,
        retry(row));
  }

  private static @Nullable RetryPolicy retry(ResultSet row) throws SQLException {
    Duration initial = durationOrNull(row, "retry_initial_millis");
    Duration max = durationOrNull(row, "retry_max_millis");
    return initial == null || max == null
        ? null
        : new RetryPolicy(initial, max, row.getDouble("retry_factor"));
  }

  private static @Nullable Duration durationOrNull(ResultSet row, String column)
      throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull() ? null : Duration.ofMillis(millis);
  }

  private static @Nullable Long millis(@Nullable Duration duration) {
    return duration == null ? null : duration.toMillis();
  }
}
