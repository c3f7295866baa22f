package io.legwork.ledger;

import io.legwork.secrets.ContentCipher;
import io.legwork.secrets.ContentCipher.Part;
import io.legwork.task.KeptJson;
import io.legwork.task.TaskId;
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
import org.jspecify.annotations.Nullable;

/** Creates deliveries: a batch is one commit. Thread-safe. */
public final class DeliveryIntake {

  /**
   * Not joined with what was created: a session that does without hash joins would compare each row
   * with all. The server looks what is asked for by {@code in} up in a hash table, as long as that
   * is no condition by itself, which it would turn into a join.
   */
  static final String CREATE =
      """
      with input as (
        select * from unnest(?::uuid[], ?::uuid[], ?::int8[], ?::uuid[], ?::text[], ?::text[],
                             ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::bytea[],
                             ?::bool[], ?::int8[])
          as i(id, event_id, event_sequence, task_id, type, tenant, target, endpoint, url, secret,
               headers, body, leased, delay_millis)
      ), created as (
        insert into delivery (id, event_id, event_sequence, task_id, created_at, type, tenant,
                              target)
        select id, event_id, event_sequence, task_id, now(), type, tenant, target
        from input
        order by id
        on conflict (id) do nothing
        returning id
      ), kept as (
        insert into delivery_request (id, tenant, url, endpoint, secret, headers, body)
        select distinct on (i.id) i.id, i.tenant, i.url, i.endpoint, i.secret, i.headers, i.body
        from input i
        where (i.id in (select id from created)) is true
      ), due as (
        insert into delivery_due (id, next_at, owner, endpoint)
        select distinct on (i.id) i.id,
               now() + case when i.leased then ? else i.delay_millis end * interval '1 ms',
               case when i.leased then ?::uuid end, i.endpoint
        from input i
        where (i.id in (select id from created)) is true
      )
      select id from created
      """;

  private final LedgerSession session;
  private final UUID process;
  private final ContentCipher contents;

  /**
   * @param process who leases what is created leased
   * @param contents seals what is confidential
   */
  public DeliveryIntake(DataSource dataSource, UUID process, ContentCipher contents) {
    this.session = new LedgerSession(dataSource);
    this.process = process;
    this.contents = contents;
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
          .uuids(delivery -> delivery.notification().id())
          .longs(delivery -> delivery.notification().sequence())
          .uuids(DeliveryIntake::task)
          .texts(delivery -> delivery.notification().type())
          .texts(delivery -> delivery.notification().tenant())
          .texts(NewDelivery::name)
          .texts(NewDelivery::endpoint)
          .texts(delivery -> delivery.target().url())
          .texts(delivery -> delivery.target().secret())
          .texts(delivery -> LeasedDelivery.text(delivery.content().headers()))
          .bytes(delivery -> body(delivery).bytes())
          .booleans(NewDelivery::leased)
          .longs(delivery -> delivery.delay().toMillis());
      statement.setLong(15, lease.toMillis());
      statement.setObject(16, process);
      Set<UUID> created = new HashSet<>();
      ResultSet rows = statement.executeQuery();
      while (rows.next()) {
        created.add(rows.getObject(1, UUID.class));
      }
      return created;
    }
  }

  private KeptJson body(NewDelivery delivery) {
    return contents.keep(
        delivery.notification().confidential(),
        Part.NOTIFICATION,
        delivery.id(),
        delivery.content().body());
  }

  private static @Nullable UUID task(NewDelivery delivery) {
    TaskId task = delivery.notification().task();
    return task == null ? null : task.value();
  }
}
