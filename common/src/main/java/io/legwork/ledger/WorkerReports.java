package io.legwork.ledger;

import io.legwork.task.TaskId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * What a worker tells the ledger now and then, and is told: how far it has started the queues and
 * which messages it has but cannot begin, so that lost messages are told from waiting ones; and
 * which of its attempts were revoked. One statement, which writes nothing when there is no news.
 * Thread-safe.
 */
public final class WorkerReports {

  private static final String REPORT =
      """
      with progress as (
        insert into queue_progress as p (queue, priority, started_through)
        select * from unnest(?::text[], ?::int4[], ?::timestamptz[])
        on conflict (queue, priority) do update
        set started_through = excluded.started_through
        where p.started_through < excluded.started_through
      ), held as (
        update process set holding = ?::uuid[]
        where id = ? and holding is distinct from ?::uuid[]
      )
      delete from revocation where worker = ? returning task_id, attempt
      """;

  private final LedgerSession session;
  private final UUID worker;

  /**
   * @param worker the process that reports, registered in {@link Processes}
   */
  public WorkerReports(DataSource dataSource, UUID worker) {
    this.session = new LedgerSession(dataSource);
    this.worker = worker;
  }

  /**
   * Reports.
   *
   * @param progress one entry at most for each queue and priority
   * @param holding the tasks whose messages wait in this worker; replaces what was reported before
   * @return the attempts of this worker that were revoked since the last report; each is told once
   * @throws LedgerException if the report failed; it may have been committed
   */
  public List<RunningAttempt> report(List<QueueProgress> progress, Collection<TaskId> holding) {
    // Always in the same order, so that reports of several workers cannot wait for each other.
    List<QueueProgress> ordered =
        progress.stream()
            .sorted(
                Comparator.comparing(QueueProgress::queue).thenComparing(QueueProgress::priority))
            .toList();
    Object[] held = holding.stream().map(TaskId::value).sorted().toArray();
    return session.statement("take a report", connection -> report(connection, ordered, held));
  }

  private List<RunningAttempt> report(
      Connection connection, List<QueueProgress> progress, Object[] held) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(REPORT)) {
      new Columns<>(connection, statement, 1, progress)
          .texts(QueueProgress::queue)
          .integers(entry -> entry.priority().code())
          .times(QueueProgress::startedThrough);
      statement.setArray(4, connection.createArrayOf("uuid", held));
      statement.setObject(5, worker);
      statement.setArray(6, connection.createArrayOf("uuid", held));
      statement.setObject(7, worker);
      List<RunningAttempt> revoked = new ArrayList<>();
      ResultSet rows = statement.executeQuery();
      while (rows.next()) {
        TaskId task = new TaskId(rows.getObject(1, UUID.class));
        revoked.add(new RunningAttempt(task, rows.getInt(2)));
      }
      return revoked;
    }
  }
}
