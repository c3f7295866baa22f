package io.legwork.local;

/** What a client needs to connect to one database of a server. */
public record DatabaseAccess(String jdbcUrl, String username, String password) {

  /** The name of the database. */
  public String database() {
    return jdbcUrl.substring(jdbcUrl.lastIndexOf('/') + 1);
  }

  static DatabaseAccess of(String host, int port, String database, String user, String password) {
    return new DatabaseAccess(
        "jdbc:postgresql://%s:%d/%s".formatted(host, port, database), user, password);
  }
}
