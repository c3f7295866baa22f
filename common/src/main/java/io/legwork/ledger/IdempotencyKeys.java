package io.legwork.ledger;

import java.sql.PreparedStatement;
import java.time.Duration;
import javax.sql.DataSource;

/** Forgets idempotency keys whose retention is over. Thread-safe. */
public final class IdempotencyKeys {

  private static final String FORGET =
      """
      delete from idempotency_key k using (
        select tenant, key from idempotency_key
        where created_at < now() - ? * interval '1 second'
        limit ? for update skip locked
      ) old
      where k.tenant = old.tenant and k.key = old.key
      """;

  private final LedgerSession session;

  /** Forgets those of the ledger behind the data source. */
  public IdempotencyKeys(DataSource dataSource) {
    this.session = new LedgerSession(dataSource);
  }

  /**
   * Forgets keys that are older than the retention.
   *
   * @param limit how many at most
   * @return how many
   */
  public int forget(Duration retention, int limit) {
    return session.statement(
        "forget idempotency keys",
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(FORGET)) {
            statement.setLong(1, retention.toSeconds());
            statement.setInt(2, limit);
            return statement.executeUpdate();
          }
        });
  }
}
