package io.legwork.ledger;

import io.legwork.events.EventKind;
import io.legwork.task.TaskId;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;

/** Answers questions about deliveries. Every question names a tenant. Thread-safe. */
public final class DeliveryQueries {

  private static final String OF_TASK =
      """
      select d.id, d.event_id, d.kind, d.state, r.url, a.number, a.at, a.duration_millis, a.status,
             a.error, a.response
      from delivery d
      join delivery_request r on r.id = d.id
      left join delivery_attempt a on a.delivery_id = d.id
      where d.task_id = ? and d.tenant = ?
      order by d.event_sequence, d.id, a.number
      """;

  private final LedgerSession session;

  /** Reads the ledger behind the data source. */
  public DeliveryQueries(DataSource dataSource) {
    this.session = new LedgerSession(dataSource);
  }

  /** The deliveries of a task that is the tenant's, in the order of the events. */
  public List<DeliveryView> ofTask(String tenant, TaskId task) {
    return session.statement(
        "read the deliveries of a task",
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(OF_TASK)) {
            new Parameters(statement).add(task.value()).add(tenant);
            return read(statement.executeQuery());
          }
        });
  }

  private static List<DeliveryView> read(ResultSet rows) throws SQLException {
    Map<UUID, DeliveryView> deliveries = new LinkedHashMap<>();
    Map<UUID, List<DeliveryAttempt>> attempts = new LinkedHashMap<>();
    while (rows.next()) {
      DeliveryView delivery = delivery(rows);
      deliveries.putIfAbsent(delivery.id(), delivery);
      List<DeliveryAttempt> own = attempts.computeIfAbsent(delivery.id(), _ -> new ArrayList<>());
      if (rows.getObject("number") != null) {
        own.add(attempt(rows));
      }
    }
    return deliveries.values().stream()
        .map(delivery -> with(delivery, attempts.getOrDefault(delivery.id(), List.of())))
        .toList();
  }

  private static DeliveryView delivery(ResultSet row) throws SQLException {
    return new DeliveryView(
        row.getObject("id", UUID.class),
        row.getObject("event_id", UUID.class),
        EventKind.ofCode(row.getInt("kind")),
        row.getString("url"),
        DeliveryState.ofCode(row.getInt("state")),
        List.of());
  }

  private static DeliveryView with(DeliveryView delivery, List<DeliveryAttempt> attempts) {
    return new DeliveryView(
        delivery.id(),
        delivery.event(),
        delivery.kind(),
        delivery.url(),
        delivery.state(),
        attempts);
  }

  private static DeliveryAttempt attempt(ResultSet row) throws SQLException {
    return new DeliveryAttempt(
        Rows.time(row, "at"),
        Duration.ofMillis(row.getLong("duration_millis")),
        row.getObject("status", Integer.class),
        row.getString("error"),
        row.getString("response"));
  }
}
