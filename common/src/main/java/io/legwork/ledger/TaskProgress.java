package io.legwork.ledger;

import io.legwork.task.TaskId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Writes how far attempts have come and what they keep for the next one. Only the attempt that runs
 * may write: what carries another fencing token is refused. Thread-safe.
 */
public final class TaskProgress {

  private static final String RECORD =
      """
      insert into task_progress as p (task_id, at, attempt, percent, tenant, message, checkpoint)
      select t.id, now(), t.attempt, i.percent, t.tenant, i.message, i.checkpoint
      from unnest(?::uuid[], ?::int4[], ?::int4[], ?::text[], ?::bytea[])
             as i(id, attempt, percent, message, checkpoint)
      join task t on t.id = i.id and t.attempt = i.attempt and t.state = 2
      order by t.id
      on conflict (task_id) do update
      set at = excluded.at, attempt = excluded.attempt,
          percent = case when excluded.percent is not null then excluded.percent
                         when p.attempt = excluded.attempt then p.percent end,
          message = case when excluded.percent is not null then excluded.message
                         when p.attempt = excluded.attempt then p.message end,
          checkpoint = coalesce(excluded.checkpoint, p.checkpoint)
      where p.attempt <= excluded.attempt
      returning task_id, attempt
      """;

  private final LedgerSession session;

  /** Writes to the ledger behind the data source. */
  public TaskProgress(DataSource dataSource) {
    this.session = new LedgerSession(dataSource);
  }

  /**
   * Writes the reports in one commit; of several reports of one attempt, the latest stage and the
   * latest checkpoint.
   *
   * @return for each report, in order, whether it was written; false if its attempt is over
   * @throws LedgerException if nothing was written, or the connection was lost before that was
   *     known; to write the same reports again is harmless
   */
  public List<Boolean> record(List<ProgressReport> reports) {
    Map<RunningAttempt, ProgressReport> merged = new LinkedHashMap<>();
    for (ProgressReport report : reports) {
      merged.merge(new RunningAttempt(report.task(), report.attempt()), report, TaskProgress::both);
    }
    Set<RunningAttempt> written =
        session.statement(
            "record progress", connection -> record(connection, List.copyOf(merged.values())));
    List<Boolean> answers = new ArrayList<>(reports.size());
    for (ProgressReport report : reports) {
      answers.add(written.contains(new RunningAttempt(report.task(), report.attempt())));
    }
    return answers;
  }

  private static ProgressReport both(ProgressReport earlier, ProgressReport later) {
    return new ProgressReport(
        later.task(),
        later.attempt(),
        later.stage() == null ? earlier.stage() : later.stage(),
        later.checkpoint() == null ? earlier.checkpoint() : later.checkpoint());
  }

  private static Set<RunningAttempt> record(Connection connection, List<ProgressReport> reports)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(RECORD)) {
      new Columns<>(connection, statement, 1, reports)
          .uuids(report -> report.task().value())
          .integers(ProgressReport::attempt)
          .integers(report -> report.stage() == null ? null : report.stage().percent())
          .texts(report -> report.stage() == null ? null : report.stage().message())
          .bytes(report -> report.checkpoint() == null ? null : report.checkpoint().bytes());
      Set<RunningAttempt> written = new HashSet<>();
      ResultSet rows = statement.executeQuery();
      while (rows.next()) {
        TaskId task = new TaskId(rows.getObject(1, UUID.class));
        written.add(new RunningAttempt(task, rows.getInt(2)));
      }
      return written;
    }
  }
}
