package io.legwork.local;

import io.legwork.local.service.LocalStackException;
import java.sql.DriverManager;
import java.sql.SQLException;

/**
 * A PostgreSQL server of our own, native or in a container, whose address and data stay the same
 * over any number of stops and starts. Every start returns when the server accepts clients.
 */
public sealed interface Database extends AutoCloseable permits NativeDatabase, ContainerDatabase {

  /** How to reach the database {@code legwork}. */
  DatabaseAccess access();

  /** How to reach another database of this server. */
  DatabaseAccess access(String database);

  /** Starts the stopped server with the data it had. */
  void start();

  /** Stops the server in an orderly way; connected clients are disconnected. */
  void stop();

  /** Ends the server as a crash would: the next start recovers from the write-ahead log. */
  void kill();

  /** Stops the server for good and removes its data. */
  @Override
  void close();

  /** The JDBC URL of the database {@code legwork}. */
  default String jdbcUrl() {
    return access().jdbcUrl();
  }

  /** Creates an empty database, so that a test disturbs no other. */
  default DatabaseAccess newDatabase() {
    return copyOf("template1");
  }

  /**
   * Creates a database with all that another one has, which is quicker than to migrate an empty
   * one.
   *
   * @param database of this server; nobody may be connected to it
   */
  default DatabaseAccess copyOf(String database) {
    var name = Names.unique("test");
    var admin = access();
    try (var connection =
            DriverManager.getConnection(admin.jdbcUrl(), admin.username(), admin.password());
        var statement = connection.createStatement()) {
      statement.execute(
          "CREATE DATABASE %s TEMPLATE %s STRATEGY wal_log".formatted(name, database));
    } catch (SQLException e) {
      throw new LocalStackException("The database " + name + " could not be created.", e);
    }
    return access(name);
  }

  /** Stops and starts the server. */
  default void restart() {
    stop();
    start();
  }
}
