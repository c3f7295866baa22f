package io.legwork.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * The way to the database, closed until the ledger in it was found safe and migrated: until then
 * the ledger is as good as unreachable, to everybody alike. A thread that said how patient it is
 * never waits longer than that, whatever the database does. Thread-safe.
 */
public final class LedgerDataSource extends DelegatingDataSource {

  /** PostgreSQL's state for a connection that could not be made. */
  private static final String UNREACHABLE = "08001";

  private static final ThreadLocal<@Nullable Duration> PATIENCE = new ThreadLocal<>();

  private final DataSource database;
  private volatile @Nullable String missing = "nobody has looked at it yet";
  private volatile boolean walled;

  /** Closed, before the given pool of connections. */
  public LedgerDataSource(DataSource database) {
    super(database);
    this.database = database;
  }

  /** Ends what it was given for. */
  public interface Limit extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Lets nothing that the calling thread does with any ledger take longer, for a connection and its
   * statements together, until the limit is closed by the same thread. What is cut short costs the
   * connection.
   */
  public static Limit limit(Duration patience) {
    PATIENCE.set(patience);
    return PATIENCE::remove;
  }

  /** What keeps it closed, or null if it is open. */
  public @Nullable String missing() {
    return missing;
  }

  void open() {
    missing = null;
  }

  /** From here on what one tenant asks is asked behind the {@link TenantWall}. */
  public void wall() {
    walled = true;
  }

  boolean isWalled() {
    return walled;
  }

  void missing(String reason) {
    missing = reason;
  }

  /** The database itself, for those who look whether the ledger can be opened. */
  DataSource database() {
    return database;
  }

  @Override
  public Connection getConnection() throws SQLException {
    String reason = missing;
    if (reason != null) {
      throw new SQLTransientConnectionException(
          "the ledger is not open yet: " + reason, UNREACHABLE);
    }
    Duration patience = PATIENCE.get();
    return patience == null ? database.getConnection() : within(patience);
  }

  /** The pool's own limits add up and count for one step only: a frozen server takes them all. */
  private Connection within(Duration patience) throws SQLException {
    long start = System.nanoTime();
    var taken = new CompletableFuture<Connection>();
    Thread.ofVirtual().name("ledger-connection").start(() -> take(taken));
    Connection connection = await(taken, patience);
    long left = patience.minusNanos(System.nanoTime() - start).toMillis();
    connection.setNetworkTimeout(Runnable::run, (int) Math.max(1, left));
    return connection;
  }

  private void take(CompletableFuture<Connection> taken) {
    try {
      Connection connection = database.getConnection();
      if (!taken.complete(connection)) {
        connection.close();
      }
    } catch (SQLException | RuntimeException refused) {
      taken.completeExceptionally(refused);
    }
  }

  private static Connection await(CompletableFuture<Connection> taken, Duration patience)
      throws SQLException {
    try {
      return taken.get(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException late) {
      var refusal =
          new SQLTransientConnectionException(
              "the database gave no connection within " + patience, UNREACHABLE);
      if (taken.completeExceptionally(refusal)) {
        throw refusal;
      }
      return await(taken, patience);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      var refusal = new SQLTransientConnectionException("interrupted", UNREACHABLE, stopped);
      taken.completeExceptionally(refusal);
      throw refusal;
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof SQLException refused
          ? refused
          : new SQLException("the pool of connections failed", failed.getCause());
    }
  }
}
