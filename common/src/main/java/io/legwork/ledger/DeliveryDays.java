package io.legwork.ledger;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import javax.sql.DataSource;

/**
 * Keeps the partitions of deliveries: one a day, made ahead of time, and dropped when their
 * retention is over. Any number of processes may do it. Thread-safe.
 */
public final class DeliveryDays {

  /** Enough to survive a long weekend without a notifier, and clocks that differ. */
  private static final int AHEAD = 7;

  private static final String GATE = "select pg_advisory_xact_lock(" + Locks.DELIVERY_DAYS + ")";

  private static final String ADD =
      """
      select add_delivery_day((now() at time zone 'UTC')::date + d) from generate_series(-1, ?) as d
      """;

  private static final String DROP =
      """
      select drop_delivery_days(((now() - ? * interval '1 second') at time zone 'UTC')::date)
      """;

  private final LedgerSession session;

  /** Keeps those of the ledger behind the data source. */
  public DeliveryDays(DataSource dataSource) {
    this.session = new LedgerSession(dataSource);
  }

  /**
   * Makes partitions for the days to come and drops the old ones, with all they hold.
   *
   * @param retention how long deliveries are kept, at least; up to a day longer
   * @return how many days were dropped
   */
  public int keep(Duration retention) {
    return session.transaction(
        "keep the days of deliveries",
        connection -> {
          try (PreparedStatement gate = connection.prepareStatement(GATE);
              PreparedStatement add = connection.prepareStatement(ADD);
              PreparedStatement drop = connection.prepareStatement(DROP)) {
            gate.execute();
            add.setInt(1, AHEAD);
            add.execute();
            drop.setLong(1, retention.toSeconds());
            ResultSet rows = drop.executeQuery();
            rows.next();
            return rows.getInt(1);
          }
        });
  }
}
