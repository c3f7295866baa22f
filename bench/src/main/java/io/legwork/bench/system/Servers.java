package io.legwork.bench.system;

import io.legwork.local.Broker;
import io.legwork.local.BrokerAccess;
import io.legwork.local.Database;
import io.legwork.local.DatabaseAccess;
import io.legwork.local.TestInfra;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/**
 * The broker and the database of one run. They end with this JVM.
 *
 * @param brokerPid the process of the broker
 * @param databasePid the first process of the database, the parent of all others
 */
public record Servers(Broker broker, Database database, long brokerPid, long databasePid) {

  /** Where one system keeps its queues and rows. */
  public record Site(BrokerAccess amqp, DatabaseAccess sql) {

    /** A connection of our own to the database. */
    public Connection connect() throws SQLException {
      return DriverManager.getConnection(sql.jdbcUrl(), sql.username(), sql.password());
    }

    /** The name of the database. */
    String database() {
      return sql.jdbcUrl().replaceFirst(".*/", "");
    }
  }

  /**
   * Starts both, with the durable settings they have everywhere.
   *
   * @param profiled whether the database counts what its statements cost
   */
  public static Servers start(boolean profiled) throws SQLException {
    Proc.require();
    var broker = TestInfra.dedicatedBroker();
    var database = TestInfra.dedicatedDatabase();
    if (profiled) {
      Statements.record(database);
    }
    var brokerPid = broker.rabbitmqctl("eval", "list_to_integer(os:getpid()).").strip();
    return new Servers(broker, database, Long.parseLong(brokerPid), databasePid(database));
  }

  private static long databasePid(Database database) throws SQLException {
    var admin = database.access();
    try (var connection =
            DriverManager.getConnection(admin.jdbcUrl(), admin.username(), admin.password());
        var statement = connection.createStatement();
        var rows = statement.executeQuery("select pg_read_file('postmaster.pid')")) {
      rows.next();
      return Long.parseLong(rows.getString(1).lines().findFirst().orElseThrow().strip());
    }
  }

  /** Forgets what was kept there; nobody may be connected any more. */
  public void remove(Site site) throws SQLException {
    broker.rabbitmqctl("delete_vhost", site.amqp().virtualHost());
    var admin = database.access();
    try (var connection =
            DriverManager.getConnection(admin.jdbcUrl(), admin.username(), admin.password());
        var statement = connection.createStatement()) {
      statement.execute("drop database " + site.database() + " with (force)");
    }
  }

  /** Begins to count anew what statements cost; only for a profiled database. */
  public void resetStatements() throws SQLException {
    Statements.reset(database);
  }

  /** What the statements of a system cost since then, as text. */
  public String statements(Site site) throws SQLException {
    return Statements.summary(database, site);
  }

  /** An empty database and an empty virtual host. */
  public Site newSite() {
    return new Site(broker.newVirtualHost(), database.newDatabase());
  }
}
