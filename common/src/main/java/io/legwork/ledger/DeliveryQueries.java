package io.legwork.ledger;

import io.legwork.task.TaskId;
import io.legwork.task.UuidV7;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/** Answers questions about deliveries. Every question names a tenant. Thread-safe. */
public final class DeliveryQueries {

  private static final String COLUMNS =
      """
      select d.id, d.event_id, d.task_id, d.type, d.target, d.state, d.attempts, d.created_at,
             d.ended_at, u.next_at, r.url
      """;

  private static final String FROM =
      """
      from delivery d
      join delivery_request r on r.id = d.id
      left join delivery_due u on u.id = d.id
      """;

  private static final String WITH_ATTEMPTS =
      COLUMNS
          + """
          , a.number, a.at, a.duration_millis, a.status, a.error, a.request, a.response_head,
            a.response
          """
          + FROM
          + "left join delivery_attempt a on a.delivery_id = d.id\n";

  private static final String OF_TASK =
      WITH_ATTEMPTS
          + "where d.task_id = ? and d.tenant = ? order by d.event_sequence, d.id, a.number";

  private static final String OF_ID =
      WITH_ATTEMPTS + "where d.id = ? and d.tenant = ? order by a.number";

  private final LedgerSession session;

  /** Reads the ledger behind the data source. */
  public DeliveryQueries(DataSource dataSource) {
    this.session = new LedgerSession(dataSource);
  }

  /** The deliveries of a task that is the tenant's, in the order of the events. */
  public List<DeliveryView> ofTask(String tenant, TaskId task) {
    return withAttempts("read the deliveries of a task", OF_TASK, task.value(), tenant);
  }

  /** The delivery with an id, if it is the tenant's. */
  public Optional<DeliveryView> find(String tenant, UUID delivery) {
    return withAttempts("read a delivery", OF_ID, delivery, tenant).stream().findFirst();
  }

  /**
   * Deliveries without their attempts, those of the latest events first.
   *
   * @param limit how many at most
   */
  public List<DeliveryView> list(DeliveryFilter filter, int limit) {
    StringBuilder sql = new StringBuilder(COLUMNS).append(FROM).append("where d.tenant = ?");
    List<Object> values = new ArrayList<>(List.of(filter.tenant()));
    if (filter.name() != null) {
      sql.append(" and d.target = ?");
      values.add(filter.name());
    }
    if (filter.state() != null) {
      sql.append(" and d.state = ?");
      values.add(filter.state().code());
    }
    if (filter.type() != null) {
      sql.append(" and d.type = ?");
      values.add(filter.type());
    }
    if (filter.since() != null) {
      sql.append(" and d.id >= ?");
      values.add(UuidV7.floor(filter.since()));
    }
    if (filter.before() != null) {
      sql.append(" and d.id < ?");
      values.add(filter.before());
    }
    values.add(limit);
    String query = sql.append(" order by d.id desc limit ?").toString();
    return session.question(
        filter.tenant(),
        "list deliveries",
        query,
        parameters -> {
          for (Object value : values) {
            parameters.add(value);
          }
        },
        DeliveryQueries::withoutAttempts);
  }

  private List<DeliveryView> withAttempts(String doing, String sql, UUID id, String tenant) {
    return session.question(
        tenant, doing, sql, parameters -> parameters.add(id).add(tenant), DeliveryQueries::read);
  }

  private static List<DeliveryView> withoutAttempts(ResultSet rows) throws SQLException {
    List<DeliveryView> deliveries = new ArrayList<>();
    while (rows.next()) {
      deliveries.add(delivery(rows));
    }
    return deliveries;
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
        .map(delivery -> delivery.with(attempts.getOrDefault(delivery.id(), List.of())))
        .toList();
  }

  private static DeliveryView delivery(ResultSet row) throws SQLException {
    UUID task = row.getObject("task_id", UUID.class);
    DeliveryState state = DeliveryState.ofCode(row.getInt("state"));
    Instant next = Rows.timeOrNull(row, "next_at");
    return new DeliveryView(
        row.getObject("id", UUID.class),
        row.getObject("event_id", UUID.class),
        task == null ? null : new TaskId(task),
        row.getString("type"),
        row.getString("target"),
        row.getString("url"),
        state,
        row.getInt("attempts"),
        Rows.time(row, "created_at"),
        Rows.timeOrNull(row, "ended_at"),
        state == DeliveryState.PENDING ? next : null,
        List.of());
  }

  private static DeliveryAttempt attempt(ResultSet row) throws SQLException {
    return new DeliveryAttempt(
        Rows.time(row, "at"),
        Duration.ofMillis(row.getLong("duration_millis")),
        row.getObject("status", Integer.class),
        row.getString("error"),
        row.getString("request"),
        row.getString("response_head"),
        row.getString("response"));
  }
}
