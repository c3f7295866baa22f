package io.legwork.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * Token buckets that all processes draw on, so that what they admit together is what one would:
 * tokens come at a rate, and are kept up to the capacity. A process draws some more than it needs
 * and uses them up before it draws again. Thread-safe.
 */
public final class SharedBuckets {

  /**
   * A bucket; one that nobody has drawn on is full.
   *
   * @param id names it
   * @param rate tokens a second; 0 for one that is never filled again
   * @param capacity how many are kept; at least 1
   */
  public record Bucket(String id, double rate, double capacity) {}

  /**
   * What came of drawing.
   *
   * @param granted at least what was needed, or 0
   * @param left in the bucket; below 0 if more was granted than it had
   */
  public record Draw(long granted, double left) {}

  private static final String DRAW =
      """
      update shared_bucket b
      set (tokens, granted, at) =
        (select f.filled - g.granted, g.granted, greatest(b.at, statement_timestamp())
         from (select least(a.capacity, b.tokens + a.rate *
                 greatest(0, extract(epoch from statement_timestamp() - b.at))) as filled) f
         cross join lateral
           (select case when f.filled >= least(a.need, a.capacity)
                        then greatest(a.need, least(a.want, floor(f.filled)))::bigint
                        else 0 end as granted) g)
      from (values (cast(? as text), cast(? as double precision), cast(? as double precision),
                    cast(? as bigint), cast(? as bigint)))
        as a(id, rate, capacity, need, want)
      where b.id = a.id
      returning b.granted, b.tokens
      """;

  private static final String FILL =
      """
      insert into shared_bucket (id, tokens, granted, at) values (?, ?, 0, statement_timestamp())
      on conflict do nothing
      """;

  private static final String FORGET =
      "delete from shared_bucket where at < now() - ? * interval '1 second'";

  private final LedgerSession session;

  /** Keeps them in the ledger behind the data source. */
  public SharedBuckets(DataSource dataSource) {
    this.session = new LedgerSession(dataSource);
  }

  /**
   * Draws tokens. Who needs more than the capacity is granted it out of a full bucket, which then
   * owes the rest: nobody else is granted anything until it is paid.
   *
   * @param need how many are of use
   * @param want how many would be, if there are as many
   */
  public Draw draw(Bucket bucket, long need, long want) {
    return session.statement(
        "draw on a bucket",
        connection -> {
          Optional<Draw> drawn = draw(connection, bucket, need, want);
          while (drawn.isEmpty()) {
            fill(connection, bucket);
            drawn = draw(connection, bucket, need, want);
          }
          return drawn.get();
        });
  }

  private static Optional<Draw> draw(Connection connection, Bucket bucket, long need, long want)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(DRAW)) {
      new Parameters(statement)
          .add(bucket.id())
          .add(bucket.rate())
          .add(bucket.capacity())
          .add(need)
          .add(want);
      ResultSet row = statement.executeQuery();
      return row.next()
          ? Optional.of(new Draw(row.getLong("granted"), row.getDouble("tokens")))
          : Optional.empty();
    }
  }

  private static void fill(Connection connection, Bucket bucket) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(FILL)) {
      new Parameters(statement).add(bucket.id()).add(bucket.capacity());
      statement.executeUpdate();
    }
  }

  /** Forgets buckets that nobody has drawn on for some time; they are full again. */
  public int forget(Duration unused) {
    return session.statement(
        "forget unused buckets",
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(FORGET)) {
            statement.setLong(1, unused.toSeconds());
            return statement.executeUpdate();
          }
        });
  }
}
