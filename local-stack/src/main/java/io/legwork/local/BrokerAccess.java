package io.legwork.local;

/** What a client needs to connect to one virtual host of a broker. */
public record BrokerAccess(
    String host, int port, String username, String password, String virtualHost) {

  BrokerAccess withVirtualHost(String name) {
    return new BrokerAccess(host, port, username, password, name);
  }
}
