package io.legwork.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;

/** Creates deliveries: a batch is one commit. Thread-safe. */
public final class DeliveryIntake {

  private static final String CREATE =
      """
      with input as (
        select * from unnest(?::uuid[], ?::uuid[], ?::int8[], ?::uuid[], ?::int4[], ?::text[],
                             ?::text[], ?::text[], ?::text[], ?::text[], ?::bytea[], ?::bool[])
          as i(id, event_id, event_sequence, task_id, kind, tenant, target, endpoint, url, secret,
               body, leased)
      ), created as (
        insert into delivery (id, event_id, event_sequence, task_id, created_at, kind, tenant,
                              target)
        select id, event_id, event_sequence, task_id, now(), kind, tenant, target
        from input
        order by event_sequence, target
        on conflict (event_id, target) do nothing
        returning id
      ), kept as (
        insert into delivery_request (id, tenant, url, secret, body)
        select i.id, i.tenant, i.url, i.secret, i.body from input i join created c on c.id = i.id
      ), due as (
        insert into delivery_due (id, next_at, owner, endpoint)
        select i.id, case when i.leased then now() + ? * interval '1 ms' else now() end,
               case when i.leased then ?::uuid end, i.endpoint
        from input i join created c on c.id = i.id
      )
      select id from created
      """;

  private final LedgerSession session;
  private final UUID process;

  /**
   * @param process who leases what is created leased
   */
  public DeliveryIntake(DataSource dataSource, UUID process) {
    this.session = new LedgerSession(dataSource);
    this.process = process;
  }

  /**
   * Creates the deliveries in one commit.
   *
   * @param lease how long the creator has for the attempts it makes itself
   * @return the ids of those that are new; the others were created before, for the same event
   * @throws LedgerException if nothing was created, or the connection was lost before that was
   *     known
   */
  public Set<UUID> create(List<NewDelivery> deliveries, Duration lease) {
    return session.statement(
        "create deliveries", connection -> create(connection, deliveries, lease));
  }

  private Set<UUID> create(Connection connection, List<NewDelivery> deliveries, Duration lease)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(CREATE)) {
      new Columns<>(connection, statement, 1, deliveries)
          .uuids(NewDelivery::id)
          .uuids(delivery -> delivery.event().id())
          .longs(delivery -> delivery.event().sequence())
          .uuids(delivery -> delivery.event().task().value())
          .integers(delivery -> delivery.event().kind().code())
          .texts(delivery -> delivery.event().tenant())
          .texts(NewDelivery::name)
          .texts(NewDelivery::endpoint)
          .texts(delivery -> delivery.target().url())
          .texts(delivery -> delivery.target().secret())
          .bytes(delivery -> delivery.body().bytes())
          .booleans(NewDelivery::leased);
      statement.setLong(13, lease.toMillis());
      statement.setObject(14, process);
      Set<UUID> created = new HashSet<>();
      ResultSet rows = statement.executeQuery();
      while (rows.next()) {
        created.add(rows.getObject(1, UUID.class));
      }
      return created;
    }
  }
}
