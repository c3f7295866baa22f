package io.legwork.ledger;

import io.legwork.task.KeptJson;
import io.legwork.task.TaskId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Hands out the deliveries that are due. Several notifiers share them; what one of them leaves
 * undone, because it was killed, is due again when its lease ends. Thread-safe.
 */
public final class DeliveryLeases {

  /**
   * Looks at each endpoint by itself and takes from them in turn, so that a long queue in front of
   * one costs the others none.
   */
  private static final String CLAIM =
      """
      with recursive endpoints as (
        (select endpoint from delivery_due order by endpoint limit 1)
        union all
        select (select d.endpoint from delivery_due d where d.endpoint > e.endpoint
                order by d.endpoint limit 1)
        from endpoints e where e.endpoint is not null
      ), free as materialized (
        select c.id, c.next_at, c.endpoint
        from endpoints e
        left join unnest(?::text[], ?::int4[]) as r(endpoint, free) on r.endpoint = e.endpoint
        cross join lateral (
          select d.id, d.next_at, d.endpoint from delivery_due d
          where d.endpoint = e.endpoint and d.next_at <= now()
          order by d.next_at limit coalesce(r.free, ?)
          for update skip locked) c
      ), due as materialized (
        select id from (
          select id, next_at, row_number() over (partition by endpoint order by next_at) as turn
          from free) f
        order by turn, next_at limit ?
      ), leased as (
        update delivery_due d set next_at = now() + ? * interval '1 ms', owner = ?
        from due where d.id = due.id
        returning d.id, d.endpoint
      )
      select l.id, l.endpoint, d.event_id, d.task_id, d.type, d.target,
             d.attempts - d.attempt_base as attempts, r.url, r.secret, r.headers, r.body
      from leased l join delivery d on d.id = l.id join delivery_request r on r.id = l.id
      """;

  private static final String RELEASE =
      """
      update delivery_due set next_at = now(), owner = null where id = any (?::uuid[]) and owner = ?
      """;

  private final LedgerSession session;
  private final UUID process;

  /**
   * @param process who leases
   */
  public DeliveryLeases(DataSource dataSource, UUID process) {
    this.session = new LedgerSession(dataSource);
    this.process = process;
  }

  /**
   * Leases deliveries that are due.
   *
   * @param lease how long this process has to record what came of them
   */
  public List<LeasedDelivery> claim(DeliveryRoom room, Duration lease) {
    return session.statement(
        "lease deliveries",
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(CLAIM)) {
            new Columns<>(connection, statement, 1, List.copyOf(room.exceptions().entrySet()))
                .texts(Map.Entry::getKey)
                .integers(Map.Entry::getValue);
            statement.setInt(3, room.perEndpoint());
            statement.setInt(4, room.total());
            statement.setLong(5, lease.toMillis());
            statement.setObject(6, process);
            return read(statement.executeQuery());
          }
        });
  }

  /** Gives back what this process leased and will not attempt: it is due at once. */
  public void release(Collection<UUID> deliveries) {
    session.statement("give deliveries back", connection -> release(connection, deliveries));
  }

  private int release(Connection connection, Collection<UUID> deliveries) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(RELEASE)) {
      statement.setArray(1, connection.createArrayOf("uuid", deliveries.toArray()));
      statement.setObject(2, process);
      return statement.executeUpdate();
    }
  }

  private static List<LeasedDelivery> read(ResultSet rows) throws SQLException {
    List<LeasedDelivery> deliveries = new ArrayList<>();
    while (rows.next()) {
      deliveries.add(delivery(rows));
    }
    return deliveries;
  }

  private static LeasedDelivery delivery(ResultSet row) throws SQLException {
    UUID task = row.getObject("task_id", UUID.class);
    return new LeasedDelivery(
        row.getObject("id", UUID.class),
        row.getObject("event_id", UUID.class),
        task == null ? null : new TaskId(task),
        row.getString("type"),
        row.getString("target"),
        row.getInt("attempts"),
        row.getString("endpoint"),
        new DeliveryTarget(row.getString("url"), row.getString("secret")),
        LeasedDelivery.headers(row.getString("headers")),
        KeptJson.of(row.getBytes("body")));
  }
}
