package io.legwork.ledger;

import io.legwork.secrets.ReportKey;
import io.legwork.task.RetryPolicy;
import io.legwork.task.TaskId;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * The attempts that are under way, for somebody else than their worker to report on. Thread-safe.
 */
public final class RunningTasks {

  private static final String FIND =
      """
      select t.worker, t.attempt - t.attempt_base as attempt_of_run, t.max_attempts,
             i.retry_initial_millis, i.retry_max_millis, i.retry_factor, p.report_key,
             substring(i.payload for 1) = '\\x01'::bytea as sealed
      from task t join task_input i on i.id = t.id join process p on p.id = t.worker
      where t.id = ? and t.attempt = ? and t.state = 2 and p.report_key is not null
      """;

  private static final String LET_GO =
      """
      insert into revocation (worker, task_id, attempt) values (?, ?, ?) on conflict do nothing
      """;

  private final LedgerSession session;

  /**
   * An attempt under way.
   *
   * @param attempt its fencing token
   * @param attemptOfRun its number in this run, from 1
   * @param maxAttempts how many attempts a run has
   * @param worker the process that holds it
   * @param reportKey of that process
   * @param sealed whether what belongs to the task is kept sealed, as its payload is
   */
  public record RunningTask(
      TaskId id,
      int attempt,
      int attemptOfRun,
      int maxAttempts,
      RetryPolicy retry,
      UUID worker,
      ReportKey reportKey,
      boolean sealed) {

    /** Whether there may be another attempt if this one fails. */
    public boolean hasAttemptsLeft() {
      return attemptOfRun < maxAttempts;
    }
  }

  /** Reads and writes the ledger behind the data source. */
  public RunningTasks(DataSource dataSource) {
    this.session = new LedgerSession(dataSource);
  }

  /**
   * The attempt with that fencing token, if it is under way. Who has its report token was given it
   * and acts for the task, whatever its tenant.
   *
   * @param reportToken as the worker gave it along
   */
  public Optional<RunningTask> find(TaskId task, int attempt, String reportToken) {
    return find(task, attempt)
        .filter(found -> found.reportKey().isToken(reportToken, task.toString(), attempt));
  }

  private Optional<RunningTask> find(TaskId task, int attempt) {
    return session.statement(
        "read a running attempt",
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(FIND)) {
            new Parameters(statement).add(task.value()).add(attempt);
            ResultSet rows = statement.executeQuery();
            return rows.next() ? Optional.of(read(rows, task, attempt)) : Optional.empty();
          }
        });
  }

  private static RunningTask read(ResultSet row, TaskId task, int attempt) throws SQLException {
    return new RunningTask(
        task,
        attempt,
        row.getInt("attempt_of_run"),
        row.getInt("max_attempts"),
        new RetryPolicy(
            Duration.ofMillis(row.getLong("retry_initial_millis")),
            Duration.ofMillis(row.getLong("retry_max_millis")),
            row.getDouble("retry_factor")),
        row.getObject("worker", UUID.class),
        ReportKey.of(row.getBytes("report_key")),
        row.getBoolean("sealed"));
  }

  /** Tells the worker of an attempt that is over to let go of it. */
  public void letGo(RunningTask task) {
    session.statement(
        "let go of an attempt",
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(LET_GO)) {
            new Parameters(statement).add(task.worker()).add(task.id().value()).add(task.attempt());
            return statement.executeUpdate();
          }
        });
  }
}
