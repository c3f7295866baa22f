package io.legwork.messaging;

import com.rabbitmq.client.Address;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;
import org.springframework.boot.amqp.autoconfigure.RabbitConnectionDetails;

/**
 * Opens native connections to the broker. The client's own recovery is off: it neither keeps what
 * was published nor revives a channel the broker closed, so whoever opens a connection here also
 * reopens it. Thread-safe.
 */
public final class BrokerConnections {

  private static final Duration HEARTBEAT = Duration.ofSeconds(10);
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration RPC = Duration.ofSeconds(30);

  private final ConnectionFactory factory;
  private final List<Address> addresses;

  /**
   * Takes the client's settings over, except that defaults made for patient clients are shortened:
   * a heartbeat of 60 s becomes 10 s, a connection timeout of 60 s becomes 5 s, and no broker call
   * may take longer than 30 s.
   *
   * @param configured credentials, virtual host, TLS and timeouts; not changed
   * @param addresses tried in this order
   */
  public BrokerConnections(ConnectionFactory configured, List<Address> addresses) {
    this.factory = configured.clone();
    this.addresses = List.copyOf(addresses);
    factory.setAutomaticRecoveryEnabled(false);
    factory.setTopologyRecoveryEnabled(false);
    if (factory.getRequestedHeartbeat() == ConnectionFactory.DEFAULT_HEARTBEAT) {
      factory.setRequestedHeartbeat((int) HEARTBEAT.toSeconds());
    }
    if (factory.getConnectionTimeout() == ConnectionFactory.DEFAULT_CONNECTION_TIMEOUT) {
      factory.setConnectionTimeout((int) CONNECT.toMillis());
    }
    factory.setChannelRpcTimeout(Math.min(factory.getChannelRpcTimeout(), (int) RPC.toMillis()));
    factory.setThreadFactory(Thread.ofPlatform().daemon().name("legwork-amqp-", 1).factory());
  }

  /**
   * Connections as {@code spring.rabbitmq.*} describes them, TLS included.
   *
   * @param configured Spring Boot's factory, used for its settings only
   * @param details where the broker is
   */
  public static BrokerConnections from(
      CachingConnectionFactory configured, RabbitConnectionDetails details) {
    return new BrokerConnections(
        configured.getRabbitConnectionFactory(),
        details.getAddresses().stream()
            .map(address -> new Address(address.host(), address.port()))
            .toList());
  }

  /**
   * Opens a connection; the caller closes it.
   *
   * @param purpose shown by the broker as part of the connection's name
   */
  public Connection open(String purpose) throws IOException, TimeoutException {
    return factory.newConnection(addresses, "legwork " + purpose);
  }
}
