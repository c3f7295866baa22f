package io.legwork.ledger;

import io.legwork.ledger.Claim.Claimed;
import io.legwork.ledger.Claim.Running;
import io.legwork.ledger.Claim.Stale;
import io.legwork.ledger.Claim.TooLate;
import io.legwork.ledger.Claim.Unknown;
import io.legwork.task.KeptJson;
import io.legwork.task.Priority;
import io.legwork.task.RetryPolicy;
import io.legwork.task.TaskId;
import io.legwork.task.TaskState;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Moves tasks from QUEUED to RUNNING (decision 3): counts the attempt before the handler starts and
 * names the worker. Thread-safe.
 */
public final class TaskClaims {

  private static final String CLAIM =
      """
      with claimed as (
        update task t
        set state = 2, attempt = t.attempt + 1, worker = ?, started_at = now()
        from unnest(?::uuid[], ?::int4[]) as i(id, attempt)
        where t.id = i.id and t.attempt = i.attempt and t.state = 1
          and (t.deadline is null or t.deadline > now())
        returning t.id, t.tenant, t.type, t.queue, t.priority, t.attempt, t.attempt_base,
                  t.max_attempts, t.ready_at, t.started_at
      )
      select c.*, p.payload, p.timeout_millis, p.retry_initial_millis, p.retry_max_millis,
             p.retry_factor, p.traceparent, g.checkpoint
      from claimed c
      join task_input p on p.id = c.id
      left join task_progress g on g.task_id = c.id and c.attempt > 1
      """;

  private static final String RESUME =
      """
      select t.id, t.tenant, t.type, t.queue, t.priority, t.attempt, t.attempt_base, t.max_attempts,
             t.ready_at, t.started_at, p.payload, p.timeout_millis, p.retry_initial_millis, p.retry_max_millis,
             p.retry_factor, p.traceparent, g.checkpoint
      from task t
      join task_input p on p.id = t.id
      left join task_progress g on g.task_id = t.id
      where t.id = ? and t.attempt = ? and t.worker = ? and t.state = 2
      """;

  private static final String EXPLAIN =
      """
      select t.id, t.state, t.attempt, t.worker,
             t.deadline is not null and t.deadline <= now() as too_late,
             (extract(epoch from now() - p.heartbeat_at) * 1000)::int8 as silence_millis
      from task t left join process p on p.id = t.worker
      where t.id = any (?::uuid[])
      union all
      select f.id, f.state, f.attempt, f.worker, false, null
      from task_input i join finished_task f on f.tenant = i.tenant and f.id = i.id
      where i.id = any (?::uuid[])
      """;

  private final LedgerSession session;
  private final UUID worker;

  /**
   * @param worker the process that claims, registered in {@link Processes}
   */
  public TaskClaims(DataSource dataSource, UUID worker) {
    this.session = new LedgerSession(dataSource);
    this.worker = worker;
  }

  /**
   * Claims what can be claimed in one commit.
   *
   * @return one answer for each request, in order
   * @throws LedgerException if that failed; attempts may have been counted if the connection was
   *     lost
   */
  public List<Claim> claim(List<ClaimRequest> requests) {
    return session.statement("claim tasks", connection -> claim(connection, requests));
  }

  /**
   * Reads back an attempt that this worker claimed without learning so, because the connection was
   * lost while it was committed.
   *
   * @return empty if the attempt does not belong to this worker any more
   */
  public Optional<ClaimedTask> resume(TaskId task, int attempt) {
    return session.statement(
        "read a claimed task back",
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(RESUME)) {
            new Parameters(statement).add(task.value()).add(attempt).add(worker);
            ResultSet rows = statement.executeQuery();
            return rows.next() ? Optional.of(read(rows)) : Optional.empty();
          }
        });
  }

  private List<Claim> claim(Connection connection, List<ClaimRequest> requests)
      throws SQLException {
    Map<TaskId, Claim> claimed = update(connection, requests);
    List<ClaimRequest> refused =
        requests.stream().filter(request -> !claimed.containsKey(request.task())).toList();
    Map<TaskId, Claim> explained = refused.isEmpty() ? Map.of() : explain(connection, refused);
    List<Claim> answers = new ArrayList<>(requests.size());
    for (ClaimRequest request : requests) {
      // The second message for a task claimed in this very batch is a duplicate.
      Claim claim = claimed.get(request.task());
      answers.add(claim == null ? refusal(request, explained) : claim);
      claimed.replace(request.task(), new Stale(request.task(), TaskState.RUNNING));
    }
    return answers;
  }

  private static Claim refusal(ClaimRequest request, Map<TaskId, Claim> explained) {
    return explained.getOrDefault(request.task(), new Unknown(request.task()));
  }

  private Map<TaskId, Claim> update(Connection connection, List<ClaimRequest> requests)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(CLAIM)) {
      statement.setObject(1, worker);
      new Columns<>(connection, statement, 2, requests)
          .uuids(request -> request.task().value())
          .integers(ClaimRequest::attempt);
      Map<TaskId, Claim> claimed = new HashMap<>();
      ResultSet rows = statement.executeQuery();
      while (rows.next()) {
        ClaimedTask task = read(rows);
        claimed.put(task.id(), new Claimed(task));
      }
      return claimed;
    }
  }

  private static ClaimedTask read(ResultSet row) throws SQLException {
    int attempt = row.getInt("attempt");
    return new ClaimedTask(
        new TaskId(row.getObject("id", UUID.class)),
        row.getString("tenant"),
        row.getString("type"),
        row.getString("queue"),
        Priority.ofCode(row.getInt("priority")),
        attempt,
        attempt - row.getInt("attempt_base"),
        row.getInt("max_attempts"),
        Duration.ofMillis(row.getLong("timeout_millis")),
        new RetryPolicy(
            Duration.ofMillis(row.getLong("retry_initial_millis")),
            Duration.ofMillis(row.getLong("retry_max_millis")),
            row.getDouble("retry_factor")),
        KeptJson.of(row.getBytes("payload")),
        row.getString("traceparent"),
        Rows.time(row, "ready_at"),
        Rows.time(row, "started_at"),
        Rows.keptOrNull(row, "checkpoint"));
  }

  private static Map<TaskId, Claim> explain(Connection connection, List<ClaimRequest> refused)
      throws SQLException {
    Map<TaskId, Integer> asked = new HashMap<>();
    refused.forEach(request -> asked.put(request.task(), request.attempt()));
    Object[] ids = asked.keySet().stream().map(TaskId::value).toArray();
    try (PreparedStatement statement = connection.prepareStatement(EXPLAIN)) {
      statement.setArray(1, connection.createArrayOf("uuid", ids));
      statement.setArray(2, connection.createArrayOf("uuid", ids));
      Map<TaskId, Claim> explained = new HashMap<>();
      ResultSet rows = statement.executeQuery();
      while (rows.next()) {
        TaskId task = new TaskId(rows.getObject("id", UUID.class));
        explained.put(task, explanation(rows, task, asked.getOrDefault(task, -1)));
      }
      return explained;
    }
  }

  private static Claim explanation(ResultSet row, TaskId task, int asked) throws SQLException {
    TaskState state = TaskState.ofCode(row.getInt("state"));
    int attempt = row.getInt("attempt");
    if (state == TaskState.RUNNING && attempt == asked + 1) {
      long silence = row.getLong("silence_millis");
      boolean unknownOwner = row.wasNull();
      UUID owner = row.getObject("worker", UUID.class);
      return new Running(task, attempt, owner, unknownOwner ? null : Duration.ofMillis(silence));
    }
    boolean waiting = state == TaskState.QUEUED && attempt == asked;
    return waiting && row.getBoolean("too_late") ? new TooLate(task) : new Stale(task, state);
  }
}
