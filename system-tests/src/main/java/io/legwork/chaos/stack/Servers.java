package io.legwork.chaos.stack;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ConnectionFactory;
import io.legwork.local.Broker;
import io.legwork.local.BrokerAccess;
import io.legwork.local.Database;
import io.legwork.local.DatabaseAccess;
import java.net.URI;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The broker and the database, as whoever operates them sees them.
 *
 * @param amqp the virtual host that the services use
 * @param sql the database that the services use
 */
public record Servers(Broker broker, Database database, BrokerAccess amqp, DatabaseAccess sql) {

  /** Something to do with a channel. */
  public interface ChannelUse {
    /** Does it. */
    void with(Channel channel) throws Exception;
  }

  int brokerPort() {
    return amqp.port();
  }

  int databasePort() {
    return URI.create(sql.jdbcUrl().substring("jdbc:".length())).getPort();
  }

  /** Does something over a connection of our own. */
  public void onChannel(ChannelUse use) throws Exception {
    var factory = new ConnectionFactory();
    factory.setHost(amqp.host());
    factory.setPort(amqp.port());
    factory.setUsername(amqp.username());
    factory.setPassword(amqp.password());
    factory.setVirtualHost(amqp.virtualHost());
    factory.setAutomaticRecoveryEnabled(false);
    try (var connection = factory.newConnection("chaos");
        var channel = connection.createChannel()) {
      use.with(channel);
    }
  }

  /** Runs a query in the services' database; returns its first column. */
  public List<String> query(String query) throws SQLException {
    try (var connection =
            DriverManager.getConnection(sql.jdbcUrl(), sql.username(), sql.password());
        var statement = connection.createStatement();
        var rows = statement.executeQuery(query)) {
      var found = Stream.<String>builder();
      while (rows.next()) {
        found.add(rows.getString(1));
      }
      return found.build().toList();
    }
  }

  /** The messages in the queues of the services, delivered or not, by queue. */
  public Map<String, Integer> messages() {
    return count("list_queues", "-p", amqp.virtualHost(), "--no-table-headers", "name", "messages");
  }

  private Map<String, Integer> count(String... command) {
    var counts = new HashMap<String, Integer>();
    broker
        .rabbitmqctl(command)
        .lines()
        .map(line -> line.split("\t", 2))
        .filter(columns -> columns.length == 2 && columns[1].strip().matches("[0-9]+"))
        .forEach(columns -> counts.put(columns[0], Integer.valueOf(columns[1].strip())));
    return counts;
  }

  /** How many lines a listing of the broker has. */
  public int listed(String listing) {
    return (int)
        broker
            .rabbitmqctl(listing, "--no-table-headers", "pid")
            .lines()
            .filter(line -> line.startsWith("<"))
            .count();
  }

  /** The process of the broker. */
  public List<Long> brokerProcesses() {
    var answer = broker.rabbitmqctl("eval", "list_to_integer(os:getpid()).");
    return List.of(Long.valueOf(answer.strip()));
  }

  /** The database server and all its processes. */
  public List<Long> databaseProcesses() throws SQLException {
    var file = query("select pg_read_file('postmaster.pid')").getFirst();
    var server = Long.parseLong(file.lines().findFirst().orElseThrow().strip());
    var backends =
        ProcessHandle.of(server).stream().flatMap(ProcessHandle::children).map(ProcessHandle::pid);
    return Stream.concat(Stream.of(server), backends).toList();
  }
}
