package io.legwork.ledger;

import io.legwork.task.TaskId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * The attempts of a task: those that failed have a row each, one that succeeded or is running is
 * told by the task's own row. Thread-safe.
 */
public final class TaskAttempts {

  private static final String OF_TASK =
      """
      select attempt, case when lost then 'LOST' else 'FAILED' end as state, started_at, ended_at,
             reason, permanent, worker
      from task_attempt where task_id = ? and tenant = ?
      union all
      select attempt, 'RUNNING', started_at, null, null, false, worker
      from task where id = ? and tenant = ? and state = 2
      union all
      select attempt, 'SUCCEEDED', started_at, finished_at, null, false, worker
      from finished_task where id = ? and tenant = ? and state = 10
      order by attempt
      """;

  private final LedgerSession session;

  /** Reads the ledger behind the data source. */
  public TaskAttempts(DataSource dataSource) {
    this.session = new LedgerSession(dataSource);
  }

  /** The attempts of a task that is the tenant's, in order. */
  public List<AttemptView> of(String tenant, TaskId task) {
    return session.question(
        tenant,
        "read the attempts of a task",
        OF_TASK,
        parameters -> {
          for (int part = 1; part <= 3; part++) {
            parameters.add(task.value()).add(tenant);
          }
        },
        TaskAttempts::read);
  }

  private static List<AttemptView> read(ResultSet rows) throws SQLException {
    List<AttemptView> attempts = new ArrayList<>();
    while (rows.next()) {
      attempts.add(
          new AttemptView(
              rows.getInt("attempt"),
              AttemptView.State.valueOf(rows.getString("state")),
              Rows.time(rows, "started_at"),
              Rows.timeOrNull(rows, "ended_at"),
              rows.getString("reason"),
              rows.getBoolean("permanent"),
              rows.getObject("worker", UUID.class)));
    }
    return attempts;
  }
}
