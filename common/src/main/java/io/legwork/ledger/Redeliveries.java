package io.legwork.ledger;

import io.legwork.task.UuidV7;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Has settled deliveries made anew: the same message with the same id, on a schedule that begins
 * again. Thread-safe.
 */
public final class Redeliveries {

  /** What one call redelivers at most. */
  public static final int MOST = 10_000;

  private static final String AGAIN =
      """
      with wanted as materialized (
        select d.id from delivery d where d.tenant = ? and %s
        order by d.id limit %d for update
      ), again as (
        update delivery d set state = 0, ended_at = null, attempt_base = d.attempts
        from wanted w where d.id = w.id and d.state <> 0
        returning d.id
      ), due as (
        insert into delivery_due (id, next_at, endpoint)
        select a.id, now(), r.endpoint from again a join delivery_request r on r.id = a.id
        on conflict (id) do nothing
      )
      select count(*) from again
      """;

  private static final String ONE = AGAIN.formatted("d.id = ? and d.state <> 0", 1);

  /** EXHAUSTED and DISABLED: what pends is under way, what was delivered did not fail. */
  private static final String FAILED =
      AGAIN.formatted(
          "d.id >= ? and d.state in (2, 3) and (?::text is null or d.target = ?)", MOST);

  private final LedgerSession session;

  /** Writes to the ledger behind the data source. */
  public Redeliveries(DataSource dataSource) {
    this.session = new LedgerSession(dataSource);
  }

  /**
   * Makes a delivery anew, however it ended.
   *
   * @return whether there is one of this tenant that was settled
   */
  public boolean one(String tenant, UUID delivery) {
    return session.statement(
        "redeliver",
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(ONE)) {
            new Parameters(statement).add(tenant).add(delivery);
            return count(statement) == 1;
          }
        });
  }

  /**
   * Makes the deliveries anew that failed, the oldest first.
   *
   * @param since their events happened at this time or later
   * @param name only those to {@link NewDelivery#CALLBACK} or to a subscription; null for all
   * @return how many; {@link #MOST} if there may be more
   */
  public int failed(String tenant, Instant since, @Nullable String name) {
    return session.statement(
        "redeliver what failed",
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(FAILED)) {
            statement.setString(1, tenant);
            statement.setObject(2, UuidV7.floor(since));
            statement.setString(3, name);
            statement.setString(4, name);
            return count(statement);
          }
        });
  }

  private static int count(PreparedStatement statement) throws SQLException {
    ResultSet rows = statement.executeQuery();
    rows.next();
    return rows.getInt(1);
  }
}
