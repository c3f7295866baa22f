package io.legwork.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;

/** Records what came of attempts: a batch is one commit. Thread-safe. */
public final class DeliveryOutcomes {

  /**
   * A failure counts only while the lease lasts: after that somebody else is at it. A success
   * counts whoever achieved it.
   */
  static final String RECORD =
      """
      with input as (
        select * from unnest(?::uuid[], ?::int4[], ?::int8[], ?::timestamptz[], ?::int8[],
                             ?::int4[], ?::text[], ?::text[], ?::text[], ?::text[])
          as i(id, state, delay_millis, at, duration_millis, status, error, request,
               response_head, response)
      ), recorded as (
        update delivery d
        set attempts = d.attempts + 1, state = i.state,
            ended_at = case when i.state <> 0 then now() end
        from input i join delivery_due u on u.id = i.id
        where d.id = i.id and d.state = 0 and (u.owner = ? or i.state = 1)
        returning d.id, d.attempts, d.state, d.tenant, i.delay_millis, i.at, i.duration_millis,
                  i.status, i.error, i.request, i.response_head, i.response
      ), rescheduled as (
        update delivery_due u
        set next_at = now() + r.delay_millis * interval '1 ms', owner = null
        from recorded r
        where u.id = r.id and r.state = 0
      ), settled as (
        delete from delivery_due u using recorded r where u.id = r.id and r.state <> 0
      )
      insert into delivery_attempt (delivery_id, number, at, duration_millis, status, tenant, error,
                                    request, response_head, response)
      select id, attempts, at, duration_millis, status, tenant, error, request, response_head,
             response
      from recorded
      returning delivery_id
      """;

  private final LedgerSession session;
  private final UUID process;

  /**
   * @param process who made the attempts
   */
  public DeliveryOutcomes(DataSource dataSource, UUID process) {
    this.session = new LedgerSession(dataSource);
    this.process = process;
  }

  /**
   * Records the outcomes in one commit, at most one for each delivery.
   *
   * @return for each, in order, whether it was recorded; if not, the lease was lost or the delivery
   *     was settled before
   * @throws LedgerException if nothing was recorded, or the connection was lost before that was
   *     known
   */
  public List<Boolean> record(List<DeliveryOutcome> outcomes) {
    return session.statement(
        "record deliveries",
        connection -> {
          Set<UUID> recorded = record(connection, outcomes);
          return outcomes.stream().map(outcome -> recorded.contains(outcome.delivery())).toList();
        });
  }

  private Set<UUID> record(Connection connection, List<DeliveryOutcome> outcomes)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(RECORD)) {
      new Columns<>(connection, statement, 1, outcomes)
          .uuids(DeliveryOutcome::delivery)
          .integers(outcome -> outcome.state().code())
          .longs(outcome -> outcome.delay().toMillis())
          .times(outcome -> outcome.attempt().at())
          .longs(outcome -> outcome.attempt().duration().toMillis())
          .integers(outcome -> outcome.attempt().status())
          .texts(outcome -> outcome.attempt().error())
          .texts(outcome -> outcome.attempt().request())
          .texts(outcome -> outcome.attempt().responseHead())
          .texts(outcome -> outcome.attempt().response());
      statement.setObject(11, process);
      Set<UUID> recorded = new HashSet<>();
      ResultSet rows = statement.executeQuery();
      while (rows.next()) {
        recorded.add(rows.getObject(1, UUID.class));
      }
      return recorded;
    }
  }
}
