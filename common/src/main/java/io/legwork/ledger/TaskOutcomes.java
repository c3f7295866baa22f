package io.legwork.ledger;

import io.legwork.events.TaskEvent;
import io.legwork.ledger.AttemptOutcome.Failed;
import io.legwork.ledger.AttemptOutcome.Retried;
import io.legwork.ledger.AttemptOutcome.Snoozed;
import io.legwork.ledger.AttemptOutcome.Succeeded;
import io.legwork.task.TaskId;
import io.legwork.task.TaskState;
import io.legwork.task.UuidV7;
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
import org.jspecify.annotations.Nullable;

/**
 * Records how attempts ended, once each (guarantee G4), together with the events that announce it
 * (decision 10). Thread-safe.
 */
public final class TaskOutcomes {

  private static final String RECORD =
      Endings.GATE
          + """
          , input as (
            select i.*, gate.at
            from gate,
                 unnest(?::uuid[], ?::int4[], ?::int4[], ?::uuid[], ?::text[], ?::bool[],
                        ?::bytea[], ?::int8[], ?::int4[])
                   as i(task, of_attempt, end_state, event_id, reason, permanent, result,
                        delay_millis, uncounted)
          ), ended as (
            delete from task t using input i
            where t.id = i.task and t.attempt = i.of_attempt and t.state = 2 and i.end_state >= 10
            returning t.*, i.end_state, i.at as ended_at, i.event_id, i.reason, i.permanent,
                      i.result
          ), retried as (
            update task t
            set state = 3, ready_at = i.at + i.delay_millis * interval '1 ms', events = events + 1,
                attempt_base = attempt_base + i.uncounted
            from input i
            where t.id = i.task and t.attempt = i.of_attempt and t.state = 2 and i.end_state = 3
            returning t.*, i.at as ended_at, i.event_id, i.reason
          )
          """
          + Endings.FINISH
          + """
          , due as (
            insert into task_due (ready_at, id) select ready_at, id from retried
          ), failed as (
            insert into task_attempt (task_id, attempt, started_at, ended_at, worker, lost,
                                      permanent, tenant, reason)
            select id, attempt, started_at, ended_at, worker, false, permanent, tenant, reason
            from ended where end_state = 11
            union all
            select id, attempt, started_at, ended_at, worker, false, false, tenant, reason
            from retried
          ), transition as (
            select id, event_id, 3 as kind, ended_at as at, events as number, attempt, callback,
                   tenant, queue, type, reason
            from retried
          )
          """
          + Endings.ANNOUNCE
          + """
          select * from finished union all select * from announced
          """;

  private final LedgerSession session;
  private final UUID process;
  private final UuidV7 eventIds;

  /**
   * @param process the process that will announce the events
   */
  public TaskOutcomes(DataSource dataSource, UUID process, UuidV7 eventIds) {
    this.session = new LedgerSession(dataSource);
    this.process = process;
    this.eventIds = eventIds;
  }

  /**
   * Records the outcomes in one commit.
   *
   * @return one answer for each, in order
   * @throws LedgerException if nothing was recorded, or the connection was lost before that was
   *     known; to record the same outcomes again is harmless
   */
  public List<Recorded> record(List<AttemptOutcome> outcomes) {
    return session.statement("record outcomes", connection -> record(connection, outcomes));
  }

  private List<Recorded> record(Connection connection, List<AttemptOutcome> outcomes)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(RECORD)) {
      bind(connection, statement, outcomes);
      Map<TaskId, TaskEvent> events = new HashMap<>();
      ResultSet rows = statement.executeQuery();
      while (rows.next()) {
        TaskEvent event = Endings.event(rows);
        events.put(event.task(), event);
      }
      List<Recorded> answers = new ArrayList<>(outcomes.size());
      for (AttemptOutcome outcome : outcomes) {
        answers.add(new Recorded(Optional.ofNullable(events.remove(outcome.task()))));
      }
      return answers;
    }
  }

  private void bind(
      Connection connection, PreparedStatement statement, List<AttemptOutcome> outcomes)
      throws SQLException {
    statement.setObject(1, process);
    new Columns<>(connection, statement, 2, outcomes)
        .uuids(outcome -> outcome.task().value())
        .integers(AttemptOutcome::attempt)
        .integers(outcome -> state(outcome).code())
        .uuids(outcome -> eventIds.next())
        .texts(TaskOutcomes::reason)
        .booleans(outcome -> outcome instanceof Failed failed && failed.permanent())
        .bytes(TaskOutcomes::result)
        .longs(outcome -> delay(outcome).toMillis())
        .integers(outcome -> outcome instanceof Snoozed ? 1 : 0);
  }

  private static TaskState state(AttemptOutcome outcome) {
    return switch (outcome) {
      case Succeeded _ -> TaskState.SUCCEEDED;
      case Failed _ -> TaskState.FAILED;
      case Retried _, Snoozed _ -> TaskState.RETRYING;
    };
  }

  private static @Nullable String reason(AttemptOutcome outcome) {
    return switch (outcome) {
      case Succeeded _ -> null;
      case Failed failed -> failed.reason();
      case Retried retried -> retried.reason();
      case Snoozed snoozed ->
          "Snoozed for " + snoozed.delay() + " by its handler. The attempt does not count.";
    };
  }

  private static Duration delay(AttemptOutcome outcome) {
    return switch (outcome) {
      case Succeeded _, Failed _ -> Duration.ZERO;
      case Retried retried -> retried.delay();
      case Snoozed snoozed -> snoozed.delay();
    };
  }

  private static byte @Nullable [] result(AttemptOutcome outcome) {
    return outcome instanceof Succeeded succeeded && succeeded.result() != null
        ? succeeded.result().bytes()
        : null;
  }
}
