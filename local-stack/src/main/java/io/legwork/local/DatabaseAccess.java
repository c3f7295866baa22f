package io.legwork.local;

/** What a client needs to connect to one database of a server. */
public record DatabaseAccess(String jdbcUrl, String username, String password) {

  static DatabaseAccess of(String host, int port, String database, String user, String password) {
    return new DatabaseAccess(
        "jdbc:postgresql://%s:%d/%s".formatted(host, port, database), user, password);
  }
}
