package io.legwork.local;

import java.util.List;

/** What a service is started with so that it uses a test's database and broker. */
public final class ServiceArguments {

  private ServiceArguments() {}

  /** The arguments of its main method; it listens where there is room. */
  public static List<String> of(DatabaseAccess database, BrokerAccess broker) {
    return List.of(
        "--server.port=0",
        "--management.server.port=0",
        // Most tests need few connections, and each costs a process of the database.
        "--spring.datasource.hikari.minimum-idle=1",
        "--spring.datasource.url=" + database.jdbcUrl(),
        "--spring.datasource.username=" + database.username(),
        "--spring.datasource.password=" + database.password(),
        "--spring.rabbitmq.host=" + broker.host(),
        "--spring.rabbitmq.port=" + broker.port(),
        "--spring.rabbitmq.username=" + broker.username(),
        "--spring.rabbitmq.password=" + broker.password(),
        "--spring.rabbitmq.virtual-host=" + broker.virtualHost());
  }
}
